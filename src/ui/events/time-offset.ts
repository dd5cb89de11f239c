const UNITS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
}

/**
 * `+2:00`, `-0:30:00` (hours, minutes, seconds), `+1 d`, `90 s`: in ms. Nothing written
 * is 0; what is no span of time is undefined.
 */
export function parseOffset(text: string): number | undefined {
  const trimmed = text.trim().replace('−', '-')
  if (trimmed === '') return 0
  const sign = trimmed.startsWith('-') ? -1 : 1
  const rest = trimmed.replace(/^[+-]\s*/, '')
  const clock = /^(\d{1,4}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(rest)
  if (clock) {
    const [, hours, minutes, seconds = '0'] = clock
    return sign * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  }
  const span = /^(\d{1,7}(?:\.\d+)?)\s*([dhms])$/.exec(rest)
  if (!span) return undefined
  return sign * Math.round(Number(span[1]) * UNITS[span[2]!]!)
}

/** As `parseOffset` reads it; nothing for 0. */
export function printOffset(ms: number): string {
  if (ms === 0) return ''
  const seconds = Math.round(Math.abs(ms) / 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${ms < 0 ? '-' : '+'}${hours}:${rest}`
}
