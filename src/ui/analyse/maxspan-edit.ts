import type { QuickFix } from '../../language/diagnostics'
import { parseQuery } from '../../language/parse'

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A time as maxspan has it, in the largest unit that it is a whole number of: `6m`. */
export const printMaxspan = (ms: number): string => {
  const [unit, size] = UNITS.find(([, size]) => ms % size === 0) ?? ['ms', 1]
  return `${Math.ceil(ms / size)}${unit}`
}

/** Gives a sequence another maxspan, or its first; undefined for other texts. */
export function editMaxspan(text: string, ms: number): QuickFix | undefined {
  const body = parseQuery(text).query?.body
  if (body?.kind !== 'sequence') return undefined
  const option = `maxspan=${printMaxspan(ms)}`
  const head = body.by.at(-1)?.to ?? body.from + 'sequence'.length
  const edit = body.maxspan
    ? { from: body.maxspan.from, to: body.maxspan.to, insert: printMaxspan(ms) }
    : { from: head, to: head, insert: ` with ${option}` }
  return { label: `Use ${option}`, edits: [edit] }
}
