import type { FieldRef, Query, Sample, Sequence, Step } from '../language/ast'
import type { QuickFix } from '../language/diagnostics'
import { printName } from '../language/print-literal'
import { scanTokens, type Token } from '../language/tokens'

/** A field as a join key. */
export type KeyField = Pick<FieldRef, 'name' | 'optional'>

/**
 * The join keys of a rule, one after another; of each the field in every bracket, `until`
 * last:
 *
 *     sequence by host.id            [[host.id,  host.id],
 *       [ … ] by process.entity_id    [process.entity_id, process.parent.entity_id]]
 *       [ … ] by process.parent.entity_id
 */
export type RuleKeys = readonly (readonly KeyField[])[]

type Joined = Sequence | Sample

/** All brackets of a query that have keys. */
export const bracketsOf = (body: Joined): readonly Step[] =>
  body.kind === 'sequence' && body.until ? [...body.steps, body.until] : body.steps

/** The keys as they are written. */
export function readRuleKeys(body: Joined): RuleKeys {
  const brackets = bracketsOf(body)
  const shared = body.by.map((key) => brackets.map(() => fieldOf(key)))
  const own = (body.steps[0]?.by ?? []).map((_, at) =>
    brackets.map((step) => fieldOf(step.by[at]!)),
  )
  return [...shared, ...own]
}

const fieldOf = ({ name, optional }: FieldRef): KeyField => ({ name, optional })

/** Whether all brackets have the same field there. */
const isShared = ([first, ...others]: readonly KeyField[]): boolean =>
  others.every(({ name, optional }) => {
    return name === first?.name && optional === first.optional
  })

const printKeys = (keys: readonly KeyField[]): string =>
  keys.map(({ name, optional }) => `${optional ? '?' : ''}${printName(name)}`).join(', ')

/**
 * The edits of the text that give a rule these keys, and leave everything else as it is:
 * what all brackets share is written before them, the rest behind each.
 */
export function editKeys(
  { text }: Query,
  body: Joined,
  keys: RuleKeys,
): QuickFix['edits'] {
  const tokens = scanTokens(text)
  const shared = keys.filter(isShared).map(([field]) => field!)
  const own = keys.filter((key) => !isShared(key))
  const head = body.from + body.kind.length
  return [
    ...editBy(text, tokens, body.by, shared, head),
    ...bracketsOf(body).flatMap((step, at) => {
      const end = tokens.find(({ kind, from }) => kind === ']' && from >= step.query.to)!
      const fields = own.map((key) => key[at]!)
      return editBy(text, tokens, step.by, fields, end.to)
    }),
  ]
}

/** Writes one `by`, changes it, or takes it away. `at`: where there was none. */
function editBy(
  text: string,
  tokens: readonly Token[],
  written: readonly FieldRef[],
  wanted: readonly KeyField[],
  at: number,
): QuickFix['edits'] {
  const [first, last] = [written[0], written.at(-1)]
  const list = printKeys(wanted)
  if (printKeys(written) === list) return []
  if (!first || !last) return [{ from: at, to: at, insert: ` by ${list}` }]
  if (list) return [{ from: first.from, to: last.to, insert: list }]
  const by = tokens.findLast(({ kind, to }) => kind === 'by' && to <= first.from)!
  const blanks = /[ \t]*$/.exec(text.slice(0, by.from))![0].length
  return [{ from: by.from - blanks, to: last.to, insert: '' }]
}
