const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
/** `Mar 4, 2025 @ 09:15:01.120`, as Kibana shows times unless told otherwise. */
const SHOWN =
  /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/
const HOUR = 3_600_000

/** Times as Kibana shows them: by the clock of some zone, which they do not name. */
export class LocalTimes {
  isUsed = false
  /** There is no zone of that name; times are read as UTC. */
  readonly isWrong: boolean
  /** The zone they are read by. */
  readonly zone: string
  private readonly clock: Intl.DateTimeFormat | undefined
  /** By hour of UTC, how far the zone is ahead, ms. */
  private readonly offsets = new Map<number, number>()

  constructor(asked = 'UTC') {
    this.clock = asked === 'UTC' ? undefined : clockOf(asked)
    this.isWrong = asked !== 'UTC' && this.clock === undefined
    this.zone = this.clock ? asked : 'UTC'
  }

  /** In UTC, as ISO 8601; what is written otherwise is left as it is. */
  read(text: string): string {
    const found = SHOWN.exec(text)
    if (!found) return text
    const [, month = '', day, year, hour, minute, second, fraction = '0'] = found
    const at = MONTHS.indexOf(month) / 3
    if (!Number.isInteger(at) || at < 0) return text
    this.isUsed = true
    const local = Date.UTC(+year!, at, +day!, +hour!, +minute!, +second!)
    const seconds = new Date(this.toUtc(local)).toISOString().slice(0, 19)
    return `${seconds}.${fraction.padEnd(3, '0')}Z`
  }

  /** Where the clock was put back an hour comes twice: the first time is taken. */
  private toUtc(local: number): number {
    if (!this.clock) return local
    const early = local - this.offsetAt(local - 12 * HOUR)
    if (early + this.offsetAt(early) === local) return early
    const late = local - this.offsetAt(local + 12 * HOUR)
    return late
  }

  private offsetAt(utc: number): number {
    const hour = Math.floor(utc / HOUR)
    const known = this.offsets.get(hour)
    if (known !== undefined) return known
    const offset = measureOffset(this.clock!, utc)
    this.offsets.set(hour, offset)
    return offset
  }
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    })
  } catch {
    return undefined
  }
}

function measureOffset(clock: Intl.DateTimeFormat, utc: number): number {
  const parts = new Map(
    clock.formatToParts(utc).map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(utc / 1000) * 1000
}
