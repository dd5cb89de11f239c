import type { EngineApi, EventDetail, EventPage } from '../../src/worker/api'
import type { EventRoleView, StepExplanation } from '../../src/worker/why-api'

const START = Date.UTC(2026, 10, 20, 10)

interface FakeEngine {
  readonly api: EngineApi
  /** The requests for rows, as `from+count`. */
  readonly asked: string[]
  /** Answers what has been held back. */
  readonly release: () => void
}

interface Settings {
  readonly total: number
  readonly cell?: (row: number, field: string) => string
  readonly detail?: Partial<EventDetail>
  readonly steps?: readonly StepExplanation[]
  readonly role?: EventRoleView
  /** Keeps every request for rows waiting until `release`. */
  readonly hold?: boolean
}

/** An engine with so many events made up as they are asked for; only what views call. */
export const fakeEngine = (settings: Settings): FakeEngine => {
  const { total, cell = (row, field) => `${field} ${row}`, hold = false } = settings
  const asked: string[] = []
  let waiting: (() => void)[] = []

  const pageOf = (fields: readonly string[], from: number, count: number): EventPage => ({
    version: 1,
    total,
    rows: Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, at) => ({
      row: from + at,
      eventId: `e${from + at}`,
      time: START + (from + at) * 1000,
      cells: fields.map((field) => cell(from + at, field)),
    })),
  })
  const parts: Partial<EngineApi> = {
    events: async (query, from, count) => {
      asked.push(`${from}+${count}`)
      if (hold) await new Promise<void>((resolve) => waiting.push(resolve))
      return pageOf(query.fields, from, count)
    },
    positionOf: async (_, row) => row,
    event: async (row) => ({
      ok: true,
      value: {
        row,
        eventId: `e${row}`,
        source: 'a.ndjson',
        time: START + row * 1000,
        text: '{}',
        fields: [],
        ...settings.detail,
      },
    }),
    explainEvent: async () => settings.steps,
    findRoles: async () => settings.role,
  }
  const release = () => {
    const now = waiting
    waiting = []
    now.forEach((resolve) => resolve())
  }
  return { api: parts as EngineApi, asked, release }
}
