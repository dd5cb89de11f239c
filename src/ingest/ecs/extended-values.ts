import type { JsonValue } from '../lossless-json'

/** Values of one field that only extended mode gives, by the places of their events. */
interface Changed {
  /** 0-based among the events of the source, ascending. */
  readonly positions: number[]
  readonly faithful: (JsonValue | undefined)[]
}

/** What faithful mode would have given the events of a source that was read in extended mode. */
export class ExtendedValues {
  private readonly changed = new Map<string, Changed>()
  private row: { readonly field: string; readonly faithful: JsonValue | undefined }[] = []

  /** Forgets what was told of an event that has not become a row. */
  begin(): void {
    if (this.row.length > 0) this.row = []
  }

  note(field: string, faithful: JsonValue | undefined): void {
    this.row.push({ field, faithful })
  }

  /** The event is a row now. */
  accept(position: number): void {
    for (const { field, faithful } of this.row) {
      let known = this.changed.get(field)
      if (!known) this.changed.set(field, (known = { positions: [], faithful: [] }))
      known.positions.push(position)
      known.faithful.push(faithful)
    }
    this.begin()
  }

  /** Fields of which some value is another in faithful mode. */
  get fields(): readonly string[] {
    return [...this.changed.keys()]
  }

  /**
   * The value in faithful mode, `null` if there is none then; undefined if it is the same
   * in both modes.
   */
  faithful(field: string, position: number): JsonValue | undefined {
    const known = this.changed.get(field)
    if (!known) return undefined
    const at = findPosition(known.positions, position)
    return at < 0 ? undefined : (known.faithful[at] ?? null)
  }
}

function findPosition(positions: readonly number[], wanted: number): number {
  let low = 0
  let high = positions.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    if (positions[middle] === wanted) return middle
    if (positions[middle]! < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
