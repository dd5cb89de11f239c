import type { SessionData, StoredSource } from './session'

/** What a session holds, and takes of the room there is. */
export interface SessionSize {
  readonly rules: number
  readonly sources: number
  /** Undefined while not all of its sources were read. */
  readonly events: number | undefined
  /** Bytes of sources that no other session has: what deleting it would give back. */
  readonly ownBytes: number
  /** Bytes of sources that others have too. Each is stored once. */
  readonly sharedBytes: number
  /** Sources whose content is not stored, or no longer. */
  readonly lost: number
}

/** What is measured of a session. */
export interface MeasuredSession {
  readonly id: string
  readonly rules: number
  readonly sources: readonly Pick<StoredSource, 'id' | 'events'>[]
}

/** What to measure of a session: its texts may be large, and are not needed. */
export const outlineOf = (id: string, data: SessionData): MeasuredSession => ({
  id,
  rules: data.rules.length,
  sources: data.sources.map(({ id: source, events }) => ({ id: source, events })),
})

/** Measures all sessions; `bytes` tells the size of what is stored, by content id. */
export function measureSessions(
  sessions: readonly MeasuredSession[],
  bytes: ReadonlyMap<string, number>,
): ReadonlyMap<string, SessionSize> {
  const users = new Map<string, number>()
  for (const { sources } of sessions)
    for (const id of idsOf(sources)) users.set(id, (users.get(id) ?? 0) + 1)
  const sumOf = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0)
  return new Map(
    sessions.map(({ id, rules, sources }) => {
      const ids = idsOf(sources)
      const size: SessionSize = {
        rules,
        sources: sources.length,
        events: sumEvents(sources),
        ownBytes: sumOf(ids.filter((source) => users.get(source) === 1)),
        sharedBytes: sumOf(ids.filter((source) => users.get(source) !== 1)),
        lost: ids.filter((source) => !bytes.has(source)).length,
      }
      return [id, size]
    }),
  )
}

const idsOf = (sources: MeasuredSession['sources']): readonly string[] => [
  ...new Set(sources.map(({ id }) => id)),
]

function sumEvents(sources: MeasuredSession['sources']): number | undefined {
  let sum = 0
  for (const { events } of sources) {
    if (events === undefined) return undefined
    sum += events
  }
  return sum
}
