import type { Place } from '../place'
import type { AuditLine } from './audit-line'

/** Lines of one event, and where they stand: from the first of them to the last. */
export interface JoinedLines {
  readonly lines: readonly AuditLine[]
  readonly place: Place
}

/** The kernel is done with an event after this time, seconds. */
const LATEST = 2
/** Events that may be unfinished at one time, and lines that one may have. */
const MOST_EVENTS = 256
const MOST_LINES = 4096

/**
 * Puts lines of one event together: those of the same machine, time and number. Lines of
 * different events may alternate, so an event is over when another is two seconds newer.
 */
export class AuditJoiner {
  private readonly open = new Map<string, { lines: AuditLine[]; place: Place }>()

  constructor(private readonly onEvent: (event: JoinedLines) => void) {}

  add(line: AuditLine, place: Place): void {
    const key = `${line.host ?? ''} ${line.epoch}:${line.serial}`
    this.endBefore(Number(line.epoch) - LATEST)
    const event = this.open.get(key)
    if (event && event.lines.length < MOST_LINES) {
      event.lines.push(line)
      event.place = {
        ...event.place,
        length: place.offset + place.length - event.place.offset,
      }
    } else {
      if (event) this.end(key)
      this.open.set(key, { lines: [line], place })
    }
    if (line.type === 'EOE') this.end(key)
    else if (this.open.size > MOST_EVENTS) this.endFirst()
  }

  /** Hands out what is unfinished. */
  endAll(): void {
    while (this.open.size > 0) this.endFirst()
  }

  private endBefore(epoch: number): void {
    for (const [key, { lines }] of this.open) {
      if (Number(lines[0]!.epoch) >= epoch) return
      this.end(key)
    }
  }

  private endFirst(): void {
    const [key] = this.open.keys()
    if (key !== undefined) this.end(key)
  }

  private end(key: string): void {
    const event = this.open.get(key)
    this.open.delete(key)
    if (event?.lines.some(({ type }) => type !== 'EOE')) this.onEvent(event)
  }
}
