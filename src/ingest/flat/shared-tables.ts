import { EffectTable } from './effect-table'
import type { ValuePlace } from './value-place'

/** Tables of effects that several plans have in common. */
export class SharedTables {
  private readonly tables = new Map<unknown, Map<string, EffectTable>>()

  /** That of a way to read a value; `by` tells such ways apart. */
  find(by: unknown, { name, column }: ValuePlace, scope: string): EffectTable {
    let tables = this.tables.get(by)
    if (!tables) this.tables.set(by, (tables = new Map<string, EffectTable>()))
    const key = `${column} ${name} ${scope}`
    let table = tables.get(key)
    if (!table) tables.set(key, (table = new EffectTable()))
    return table
  }
}
