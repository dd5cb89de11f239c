import { KeyTable } from './key-table'
import type { KeyTuple } from './observer'
import { MISSING, type Match } from './result'
import type { SequenceRule } from './sequence'

/** The join key of a match as its values, before they were printed; empty without `by`. */
export function keyOf({ steps }: SequenceRule, match: Match): KeyTuple {
  const at = match.rows.findIndex((row) => row !== MISSING)
  const fields = steps[at]?.keys ?? []
  const keys = new KeyTable(fields)
  const ids = keys.reader(fields, 'as written').all(match.rows[at]!)
  const tuples = ids.map((id) => keys.tuple(id))
  const printed = match.joinKeys ?? []
  return tuples.find((tuple) => tuple.every((value, part) => isPrinted(value, part)))!

  function isPrinted(value: KeyTuple[number], part: number): boolean {
    return (value === null ? null : fields[part]!.print(value)) === printed[part]
  }
}
