import type { SequenceObserver } from '../engine/observer'
import type { RowSet, Row } from '../events/row-set'
import type { TimeOrder } from '../events/table'
import type { Deed } from './replay-frame'

/** The events of the sequences that wait, by place; nothing where none waits. */
export type Places = readonly (readonly Row[] | undefined)[]

/**
 * Hears a run over one key, and keeps what the wanted events did and what waited after
 * them:
 *
 *     event   deed       places after it
 *     A1      opened     (A1)  -
 *     B2      advanced   -     (A1, B2)
 */
export class ReplayRecorder {
  readonly observer: SequenceObserver
  /** What waited after the last event before the wanted ones. */
  before: Places = []
  private readonly deeds = new Map<Row, Deed[]>()
  private readonly states = new Map<Row, Places>()
  private readonly places: (readonly Row[] | undefined)[] = []
  private now: Row | undefined

  /** `wanted`: some events that follow one another, of which the first has that rank. */
  constructor(
    private readonly order: TimeOrder,
    private readonly wanted: RowSet,
    private readonly firstRank: number,
  ) {
    this.observer = {
      opened: (_, rows) => this.put(rows, { kind: 'opened', rows }),
      advanced: (_, rows) => {
        this.put(rows, { kind: 'advanced', rows })
        this.leave(rows.length - 2)
      },
      replaced: (_, rows, by) => this.note(by, { kind: 'replaced', rows }),
      expired: (_, rows, by, overMs) => {
        this.note(by, { kind: 'expired', rows, overMs })
        this.leave(rows.length - 1)
      },
      cut: (_, rows, by, until) => {
        this.note(by, { kind: 'cut', rows, until })
        this.leave(rows.length - 1)
      },
      matched: (_, rows) => this.complete(rows, { kind: 'matched', rows }),
      violated: (_, rows, step, witness) => {
        this.complete(rows, { kind: 'violated', rows, step, witness })
        this.keep(witness, { kind: 'witness', rows, step })
      },
    }
  }

  /** What an event did, in the order in which it did it. */
  deedsOf(row: Row): readonly Deed[] {
    return this.deeds.get(row) ?? []
  }

  /** What waited after an event; undefined when that was what had waited before it. */
  placesAfter(row: Row): Places | undefined {
    return this.states.get(row)
  }

  /** To be called when the run is over. */
  end(): void {
    this.turn(undefined)
  }

  private put(rows: readonly Row[], deed: Deed): void {
    this.note(rows.at(-1)!, deed)
    this.places[rows.length - 1] = rows
  }

  /** Of a rule with one positive step, what is opened is complete at once. */
  private complete(rows: readonly Row[], deed: Deed): void {
    this.note(rows.at(-1)!, deed)
    if (rows.length === 1) this.leave(0)
    // Its place may have been taken by now: the event also moved another one on.
    else if (this.places[rows.length - 2]?.at(-1) === rows.at(-2))
      this.leave(rows.length - 2)
  }

  private leave(place: number): void {
    this.places[place] = undefined
  }

  private note(row: Row, deed: Deed): void {
    if (row !== this.now) this.turn(row)
    this.keep(row, deed)
  }

  private keep(row: Row, deed: Deed): void {
    if (!this.wanted.has(row)) return
    const deeds = this.deeds.get(row)
    if (deeds) deeds.push(deed)
    else this.deeds.set(row, [deed])
  }

  /** The event at hand is over. */
  private turn(next: Row | undefined): void {
    const { now } = this
    this.now = next
    if (now === undefined) return
    if (this.wanted.has(now)) this.states.set(now, [...this.places])
    else if (this.order.rank[now]! < this.firstRank) this.before = [...this.places]
  }
}
