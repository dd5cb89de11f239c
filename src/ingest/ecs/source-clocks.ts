import type { WindowsEvent } from '../windows/windows-event'
import { channelOf } from './channel'
import { msOf } from './event-time'
import { hostIdOf } from './host-id'

/** A row whose times are others than were written, found when its source was at its end. */
export interface ClockChange {
  /** 0-based place of the event among those of its source. */
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
}

interface Waiting {
  readonly position: number
  /** By how much it was taken to be off meanwhile. */
  readonly taken: number
  readonly logged: number
  readonly utc: number
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
interface Asked {
  readonly clock: HostClock
  /** It tells by how much the clock is off. */
  readonly isTold: boolean
  readonly waiting: Waiting
}

/**
 * Tells by how much the clocks of one source are off, which happens where exports wrote
 * local times, or lost am and pm: from the nearest event of Sysmon of the same machine,
 * which says the time twice (events-formats.md 7). An event gets what is known when it
 * comes; where the next event of Sysmon tells otherwise, that is changed in the end.
 */
export class SourceClocks {
  private readonly hosts = new Map<string, HostClock>()
  private readonly changes: ClockChange[] = []
  private readonly tally = new Map<string, Map<number, number>>()
  /** How often each time was told, for machines of which none is. */
  private readonly votes = new Map<number, number>()
  private last: Asked | undefined = undefined

  /** What to add to the time an event was logged, ms, as far as is known. */
  correctionOf(event: WindowsEvent): number {
    return this.correctionAt({
      computer: event.computer,
      isLate: isToldLate(event.eventId),
      logged: msOf(event.timeCreated ?? ''),
      utc: readUtc(event),
      received: msOf(event.receivedTime ?? ''),
      shipped: msOf(event.shippedTime ?? ''),
    })
  }

  /** The same of the times of an event. */
  correctionAt(times: ToldTimes): number {
    const { logged, utc } = times
    const clock = this.clockOf(times.computer ?? '')
    const told = times.isLate ? NaN : offBy(utc - logged)
    // NXLog says when it received an event by its own clock, and Logstash when, in UTC.
    const shipped = offBy(times.shipped - times.received)
    const isTold = !Number.isNaN(told)
    const guess = Number.isNaN(shipped) ? this.commonest() : shipped
    const taken = isTold ? told : clock.toldAt === NOT_YET ? guess : clock.told
    this.last = {
      clock,
      isTold,
      waiting: { position: NOT_YET, taken, logged, utc, shipped },
    }
    return taken
  }

  /** The event that was asked about last has become a row. */
  accept(position: number): void {
    if (!this.last) return
    const { clock, isTold, waiting } = this.last
    this.last = undefined
    if (isTold) this.tell(clock, position, waiting.taken)
    else clock.waiting.push({ ...waiting, position })
  }

  /** Nearer ones of those that wait belong to this time, the others to the one before. */
  private tell(clock: HostClock, position: number, ms: number): void {
    const { toldAt, told } = clock
    for (const each of clock.waiting) {
      const isNearer =
        toldAt === NOT_YET || each.position - toldAt > position - each.position
      this.settle(clock, each, isNearer ? ms : told)
    }
    clock.waiting.length = 0
    clock.toldAt = position
    clock.told = ms
    this.count(clock, ms)
    this.votes.set(ms, (this.votes.get(ms) ?? 0) + 1)
  }

  private settle(clock: HostClock, waiting: Waiting, ms: number): void {
    const { position, taken, logged, utc } = waiting
    this.count(clock, ms)
    if (ms !== taken)
      this.changes.push({ position, by: ms - taken, logged: logged + ms, utc })
  }

  private count({ host }: HostClock, ms: number): void {
    const ofHost = this.tally.get(host) ?? new Map<number, number>()
    ofHost.set(ms, (ofHost.get(ms) ?? 0) + 1)
    this.tally.set(host, ofHost)
  }

  /** No more events come: what is to be changed, and what is to be said of it. */
  finish(): { readonly changes: readonly ClockChange[]; readonly notes: ClockNote[] } {
    const common = this.commonest()
    for (const clock of this.hosts.values()) {
      for (const each of clock.waiting) {
        const shipped = Number.isNaN(each.shipped) ? common : each.shipped
        this.settle(clock, each, clock.toldAt === NOT_YET ? shipped : clock.told)
      }
      clock.waiting.length = 0
    }
    const notes = [...this.hosts.keys()].flatMap((host) =>
      [...(this.tally.get(host) ?? [])]
        .filter(([ms]) => ms !== 0)
        .map(([ms, events]) => ({ host, ms, events })),
    )
    return { changes: this.changes, notes }
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
      clock = { host, toldAt: NOT_YET, told: 0, waiting: [] }
      this.hosts.set(host, clock)
    }
    return clock
  }
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
