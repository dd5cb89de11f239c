/**
 * Times and durations as evidence shows them: UTC, exact, never localised
 * (experience.md 5.4). All times are epoch milliseconds, all durations milliseconds.
 */

/** Far years have a sign and six digits: `-000042-01-01`. */
const isoParts = (ms: number): readonly [date: string, time: string] | undefined => {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return undefined
  const [date = '', time = ''] = new Date(ms).toISOString().split('T')
  return [date, time.slice(0, -1)]
}

/** `10:05:42.000`, or a sentence's worth of nothing where there is no usable time. */
export const printTime = (ms: number): string => isoParts(ms)?.[1] ?? 'no time'

/** `2026-11-20` */
export const printDate = (ms: number): string => isoParts(ms)?.[0] ?? 'no date'

/** `2026-11-20 10:05:42.000` */
export const printDateTime = (ms: number): string =>
  isoParts(ms)?.join(' ') ?? 'no usable time'

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
] as const

/**
 * `180 ms`, `6 s`, `5 m 40.25 s`, `3 d 4 h 0 m 1 s`: exact to the millisecond, without
 * leading and trailing zero units.
 */
export const printDuration = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'unknown'
  if (ms < 0) return `−${printDuration(-ms)}`
  if (ms < 1000) return `${+ms.toFixed(3)} ms`
  const parts: string[] = []
  let rest = ms
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms)
    rest -= count * unit.ms
    if (count > 0 || (parts.length > 0 && rest > 0))
      parts.push(`${grouped(count)} ${unit.name}`)
  }
  if (rest > 0) parts.push(`${+(rest / 1000).toFixed(3)} s`)
  return parts.join(' ')
}

/** The way from one event to the next: `+6 s`, `−180 ms`, `+0 ms`. */
export const printGap = (ms: number): string =>
  ms < 0 || !Number.isFinite(ms) ? printDuration(ms) : `+${printDuration(ms)}`

/** `20 %`; never `0 %` or `100 %` for what is only nearly so. */
export const printShare = (part: number, whole: number): string => {
  if (!(whole > 0)) return part > 0 ? 'all' : '0 %'
  const percent = (part / whole) * 100
  if (percent > 0 && percent < 1) return '<1 %'
  if (percent > 99 && percent < 100) return '>99 %'
  if (percent > 100 && percent < 101) return '>100 %'
  return `${grouped(Math.round(percent))} %`
}

const numbers = new Intl.NumberFormat('en')

/** `12,408` */
export const grouped = (count: number): string => numbers.format(count)
