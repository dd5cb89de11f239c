import { PairTable } from '../../events/pair-table'
import type { Related } from '../ecs/event-writer'
import { RELATED } from '../ecs/event-writer'
import type { RelatedValue } from './captured'
import { GRID_ROWS } from './row-grid'

export const LISTS = Object.keys(RELATED) as readonly Related[]

/**
 * What rows have of the lists that gather the values of others. Values that come together
 * are a group; what a row has gathered is 1 + the number of (what it had before, a group).
 */
export class RelatedLists {
  private readonly groups: (readonly string[])[] = []
  private readonly groupNumbers = new Map<string, number>()
  private readonly joined = new PairTable()
  /** By list and row; 0 for nothing. */
  private readonly gathered = LISTS.map(() => new Int32Array(GRID_ROWS))

  /** For each list that gets some of these values: its place, and the group. */
  groupsOf(related: readonly RelatedValue[]): (readonly [number, number])[] {
    if (related.length === 0) return []
    return LISTS.flatMap((list, at) => {
      const texts = related.filter((each) => each.list === list).map(({ text }) => text)
      return texts.length > 0 ? [[at, this.groupOf([...new Set(texts)])] as const] : []
    })
  }

  private groupOf(texts: readonly string[]): number {
    const key = texts.join('\0')
    const known = this.groupNumbers.get(key)
    if (known !== undefined) return known
    this.groupNumbers.set(key, this.groups.length)
    return this.groups.push(texts) - 1
  }

  gather(list: number, row: number, group: number): void {
    const gathered = this.gathered[list]!
    gathered[row] = 1 + this.joined.id(gathered[row]!, group)
  }

  gatheredBy(list: number, row: number): number {
    return this.gathered[list]![row]!
  }

  /** The values of what was gathered, each once. */
  textsOf(gathered: number): readonly string[] {
    const found: (readonly string[])[] = []
    for (let at = gathered; at !== 0; at = this.joined.left(at - 1))
      found.unshift(this.groups[this.joined.right(at - 1)]!)
    return [...new Set(found.flat())]
  }

  clearRow(row: number): void {
    for (const gathered of this.gathered) gathered[row] = 0
  }

  clear(): void {
    for (const gathered of this.gathered) gathered.fill(0)
  }
}
