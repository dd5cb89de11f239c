import type { WindowsEvent } from '../windows/windows-event'
import { channelOf } from './channel'
import { msOf } from './event-time'
import { hostIdOf } from './host-id'
import { SettledClocks } from './settled-clocks'

/** A row whose times are others than were written, found when its source was at its end. */
export interface ClockChange {
  /** 0-based place of its row among those of its source. */
  readonly position: number
  /** To be added to the time it was logged, ms. */
  readonly by: number
  /** What that is then, epoch ms. */
  readonly logged: number
  /** Sysmon's own time, epoch ms; NaN for events that say none. */
  readonly utc: number
}

/** Events of one machine that were set right by the same time. */
export interface ClockNote {
  readonly host: string
  readonly ms: number
  readonly events: number
}

/** Clocks are off by whole zones, of which some are quarters of an hour, ms. */
const STEP = 15 * 60_000
/** Twelve hours of a lost am or pm, and the widest zone. */
const MOST = 27 * 3_600_000
/** Events whose own time is told late, and by another clock (events-formats.md 7). */
const LATE = new Set(['3', '22'])

/** What is known of the clock of one machine in one source. */
interface HostClock {
  readonly host: string
  /** Of the last event that told it: its place, and by how much the clock is off. */
  toldAt: number
  told: number
  /** Events since then, whose nearest such event may yet come. */
  readonly waiting: Waiting[]
  /** What those were taken for that are no rows, for they are not kept. */
  readonly leftOut: Taken[]
}

interface Waiting extends Taken {
  /** Where it stands among the rows of its source, and among all events of it. */
  readonly position: number
  readonly place: number
  readonly logged: number
  readonly utc: number
}

interface Taken {
  /** By how much it was taken to be off meanwhile. */
  readonly taken: number
  /** By how much it is off as its way to the file tells; NaN if that is not known. */
  readonly shipped: number
}

/** What tells by how much a clock is off: epoch ms, NaN where an event does not say it. */
export interface ToldTimes {
  readonly computer: string | undefined
  /** Its own time is told late. */
  readonly isLate: boolean
  readonly logged: number
  readonly utc: number
  readonly received: number
  readonly shipped: number
}

export const isToldLate = (eventId: string | undefined): boolean =>
  eventId !== undefined && LATE.has(eventId)

const NOT_YET = -1

/** An event that is not a row yet. */
interface Asked extends Taken {
  readonly clock: HostClock
  /** It tells by how much the clock is off. */
  readonly isTold: boolean
  readonly times: ToldTimes
}

/** Where an event has come to stand: as a row, or as one that is not kept. */
export interface TakenPlace {
  readonly position: number | undefined
  /** Among all events of the source. */
  readonly place: number
}

/**
 * Tells by how much the clocks of one source are off, which happens where exports wrote
 * local times, or lost am and pm: from the nearest event of Sysmon of the same machine,
 * which says the time twice (events-formats.md 7). An event gets what is known when it
 * comes; where the next event of Sysmon tells otherwise, that is changed in the end. Which
 * is nearest is told by all events of the source, kept or not.
 */
export class SourceClocks {
  private readonly hosts = new Map<string, HostClock>()
  private readonly changes: ClockChange[] = []
  private readonly tally = new Map<string, Map<number, number>>()
  /** How often each time was told, for machines of which none is. */
  private readonly votes = new Map<number, number>()
  private last: Asked | undefined = undefined
  private readonly found = new SettledClocks()
  /** Whether events that are not kept may have other times than they were taken to have. */
  private isLeftOutChanged = false

  /** `settled`: what was found when the source was read before. */
  constructor(private readonly settled?: SettledClocks) {}

  /** What to add to the time an event was logged, ms, as far as is known. */
  correctionOf(event: WindowsEvent, place: number): number {
    const times = {
      computer: event.computer,
      isLate: isToldLate(event.eventId),
      logged: msOf(event.timeCreated ?? ''),
      utc: readUtc(event),
      received: msOf(event.receivedTime ?? ''),
      shipped: msOf(event.shippedTime ?? ''),
    }
    return this.correctionAt(times, place)
  }

  /** The same of the times of an event, at a place among all of its source. */
  correctionAt(times: ToldTimes, place: number): number {
    const clock = this.clockOf(times.computer ?? '')
    const told = times.isLate ? NaN : offBy(times.utc - times.logged)
    // NXLog says when it received an event by its own clock, and Logstash when, in UTC.
    const shipped = offBy(times.shipped - times.received)
    const isTold = !Number.isNaN(told)
    const taken = isTold ? told : this.guess(clock, place, shipped)
    this.last = { clock, isTold, taken, shipped, times }
    return taken
  }

  private guess(clock: HostClock, place: number, shipped: number): number {
    if (this.settled) return this.settled.correctionAt(clock.host, place, shipped)
    if (clock.toldAt !== NOT_YET) return clock.told
    return Number.isNaN(shipped) ? this.commonest() : shipped
  }

  /** The event that was asked about last is in, or left out. */
  accept({ position, place }: TakenPlace): void {
    if (!this.last) return
    const { clock, isTold, taken, shipped, times } = this.last
    this.last = undefined
    if (isTold) return this.tell(clock, place, taken, position !== undefined)
    if (position === undefined) return noteTaken(clock.leftOut, { taken, shipped })
    const { logged, utc } = times
    clock.waiting.push({ position, place, taken, shipped, logged, utc })
  }

  /** Nearer ones of those that wait belong to this time, the others to the one before. */
  private tell(clock: HostClock, place: number, ms: number, isKept: boolean): void {
    const { toldAt, told, host } = clock
    const isFirst = toldAt === NOT_YET
    for (const each of clock.waiting) {
      const isNearer = isFirst || each.place - toldAt > place - each.place
      this.settle(clock, each, isNearer ? ms : told)
    }
    clock.waiting.length = 0
    this.settleLeftOut(clock, () => ms)
    clock.toldAt = place
    clock.told = ms
    this.found.note(host, Math.floor((toldAt + place) / 2) + 1, ms)
    if (isKept) this.count(clock, ms)
    this.votes.set(ms, (this.votes.get(ms) ?? 0) + 1)
  }

  private settle(clock: HostClock, waiting: Waiting, ms: number): void {
    const { position, taken, logged, utc } = waiting
    this.count(clock, ms)
    if (ms !== taken)
      this.changes.push({ position, by: ms - taken, logged: logged + ms, utc })
  }

  private settleLeftOut(clock: HostClock, msOf: (each: Taken) => number): void {
    const isChanged = clock.leftOut.some((each) => each.taken !== msOf(each))
    this.isLeftOutChanged ||= isChanged
    clock.leftOut.length = 0
  }

  private count({ host }: HostClock, ms: number): void {
    const ofHost = this.tally.get(host) ?? new Map<number, number>()
    ofHost.set(ms, (ofHost.get(ms) ?? 0) + 1)
    this.tally.set(host, ofHost)
  }

  /** No more events come: what is to be changed, and what is to be said of it. */
  finish(): { readonly changes: readonly ClockChange[]; readonly notes: ClockNote[] } {
    const common = this.commonest()
    this.found.commonest = common
    for (const clock of this.hosts.values()) {
      const lastOf = ({ shipped }: Taken): number => {
        if (clock.toldAt !== NOT_YET) return clock.told
        return Number.isNaN(shipped) ? common : shipped
      }
      for (const each of clock.waiting) this.settle(clock, each, lastOf(each))
      clock.waiting.length = 0
      this.settleLeftOut(clock, lastOf)
    }
    const notes = [...this.hosts.keys()].flatMap((host) =>
      [...(this.tally.get(host) ?? [])]
        .filter(([ms]) => ms !== 0)
        .map(([ms, events]) => ({ host, ms, events })),
    )
    return { changes: this.changes, notes }
  }

  /**
   * What is known of the clocks at the end, where it is not what events were taken to have;
   * to be asked when no more events come.
   */
  findLate(): SettledClocks | undefined {
    const { changes } = this.finish()
    return changes.length > 0 || this.isLeftOutChanged ? this.found : undefined
  }

  private commonest(): number {
    let best = 0
    let most = 0
    for (const [ms, votes] of this.votes)
      if (votes > most) {
        best = ms
        most = votes
      }
    return best
  }

  private clockOf(computer: string): HostClock {
    const host = hostIdOf(computer)
    let clock = this.hosts.get(host)
    if (!clock) {
      clock = { host, toldAt: NOT_YET, told: 0, waiting: [], leftOut: [] }
      this.hosts.set(host, clock)
    }
    return clock
  }
}

/** Remembers what there is to remember of many events that are not kept. */
function noteTaken(all: Taken[], { taken, shipped }: Taken): void {
  const isKnown = all.some(
    (each) => each.taken === taken && Object.is(each.shipped, shipped),
  )
  if (!isKnown) all.push({ taken, shipped })
}

/** A difference of two clocks as whole quarters of an hour; NaN if it can be none. */
function offBy(difference: number): number {
  if (!(Math.abs(difference) <= MOST)) return NaN
  // Not -0.
  return Math.round(difference / STEP) * STEP + 0
}

function readUtc(event: WindowsEvent): number {
  const { family } = channelOf(event)
  if (family !== 'sysmon' && family !== 'linux-sysmon') return NaN
  for (const { name, value } of event.data) if (name === 'UtcTime') return msOf(value)
  return NaN
}
