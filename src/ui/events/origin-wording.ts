import type { FieldOrigin } from '../../ingest/ecs/origins'

/** All sentences about where fields of ECS come from. */
export const ORIGIN = {
  tab: 'ECS and original',
  list: 'Fields of ECS, and what each was made of',
  extended: 'extended mode only',
  ours: 'ours, not in the file',
  said: 'as the file says',
  unknown: 'not told',
  notFound: 'This part is not in the text that is shown.',
} as const

/** `Sysmon (EVTX), read as ECS. …` */
export const sayVariant = (variant: string, hasOrigins: boolean): string =>
  `${variant}, read as ECS.` +
  (hasOrigins ? ' Choose a field to see what it was made of.' : '')

/** `EventData.Image`, or in words where no part of the event is behind a field. */
export const sayOrigin = (origin: FieldOrigin | undefined): string => {
  if (!origin) return ORIGIN.unknown
  if (origin.kind === 'parts') return origin.parts.join(', ')
  return origin.kind === 'said' ? ORIGIN.said : ORIGIN.ours
}
