import type { ReadAs } from '../../ingest/read-as'
import type { SessionData } from '../../session/session'

/** How events of Windows become ECS (events-ecs.md 5). */
export type MapMode = NonNullable<ReadAs['mode']>

/** The mode of a session. It was once that of each source, and one of them is enough. */
export function modeOf({ mapMode, sources }: SessionData): MapMode {
  const isExtended = sources.some(({ readAs }) => readAs?.mode === 'extended')
  return mapMode ?? (isExtended ? 'extended' : 'faithful')
}

/** What was decided about a source, in the mode of the session. */
export function inMode(readAs: ReadAs | undefined, mode: MapMode): ReadAs | undefined {
  const own = withoutMode(readAs)
  return mode === 'extended' ? { ...own, mode } : own
}

/** What is decided now; reading that was stopped stops there again, unless another text is read. */
export const stoppedAgain = (readAs: ReadAs, before: ReadAs | undefined): ReadAs => {
  const { upTo: _, ...others } = readAs
  const { upTo, format } = before ?? {}
  return upTo !== undefined && format === readAs.format ? { ...others, upTo } : others
}

export function withoutMode(readAs: ReadAs | undefined): ReadAs | undefined {
  if (readAs?.mode === undefined) return readAs
  const { mode: _, ...others } = readAs
  return others
}
