import type { Schema } from '../events/schema'
import type { Expression, In, Logic, Query, Sequence } from './ast'
import type { Diagnostic } from './diagnostics'
import { lintCompare, lintInWildcards, lintMatch, lintRegex } from './lint-patterns'
import { describe, hint, replaceFix, warning } from './problem'
import { commentsBetween, scanTokens } from './tokens'
import { typeOf } from './type-of'
import { isReadFromText } from './value-types'
import { childrenOf, stepsOf } from './walk'

/**
 * Advice on a query that runs, but perhaps not as meant (language.md 8.6, end): never
 * an error, and nothing the server would say.
 */
export function lintQuery(query: Query, schema: Schema): readonly Diagnostic[] {
  const { body, text } = query
  const steps = stepsOf(query).map((step) => step.query)
  const until = body.kind === 'sequence' && body.until ? [body.until.query] : []
  const found: Diagnostic[] = []
  for (const { condition } of [...steps, ...until])
    lintExpression(found, condition, schema, text)
  return [
    ...lintLineComment(text),
    ...(body.kind === 'sequence' ? lintSequence(body) : []),
    ...found,
  ]
}

function lintSequence({ from, by, maxspan, steps, until }: Sequence): Diagnostic[] {
  const word = { from, to: from + 'sequence'.length }
  const positive = steps.filter((step) => !step.missing)
  const happening = positive.reduce((sum, step) => sum + step.runs, 0)
  const isKeyed = by.length > 0 || steps.some((step) => step.by.length > 0)
  return [
    ...(maxspan ? [] : [hint(describe(word, 'no-maxspan'))]),
    ...(isKeyed ? [] : [hint(describe(word, 'no-join-key'))]),
    ...(steps[0]?.missing && steps.at(-1)?.missing
      ? [warning(describe(steps.at(-1)!, 'quiet-at-either-end'))]
      : []),
    ...(until && happening === 1
      ? [warning(describe(until, 'until-without-effect'))]
      : []),
  ]
}

/** `isTest`: whether it stands where a test of its own may, as between `and`s. */
function lintExpression(
  found: Diagnostic[],
  node: Expression,
  schema: Schema,
  text: string,
  isTest = true,
): void {
  const areTests = node.kind === 'and' || node.kind === 'or' || node.kind === 'not'
  found.push(...lintNode(node, schema, text, isTest))
  for (const child of childrenOf(node))
    if (child.kind !== 'literal') lintExpression(found, child, schema, text, areTests)
}

function lintNode(
  node: Expression,
  schema: Schema,
  text: string,
  isTest: boolean,
): readonly Diagnostic[] {
  switch (node.kind) {
    case 'compare':
      return lintCompare(node, schema, text)
    case 'in':
      return [...lintInWildcards(node, schema, text), ...lintTextList(node, schema)]
    case 'or':
      return lintOr(node, text)
    case 'match':
      return [...lintMatch(node, text, isTest), ...lintRegex(node)]
    default:
      return []
  }
}

function lintTextList({ items, operand }: In, schema: Schema): readonly Diagnostic[] {
  const type = typeOf(operand, schema)
  const text = items.find((item) => item.kind === 'literal' && item.type === 'string')
  return text && type && isReadFromText(type)
    ? [hint(describe(text, 'text-list', type))]
    : []
}

/** In a text without line ends, as rule files may fold it, `//` hides all the rest. */
function lintLineComment(text: string): readonly Diagnostic[] {
  if (!text.includes('//') || /[\r\n]/.test(text.trim())) return []
  const tokens = scanTokens(text)
  const end = tokens.at(-1)!.from
  const comment = commentsBetween(text, tokens.at(-2)?.to ?? 0, end).find(({ from }) =>
    text.startsWith('//', from),
  )
  if (!comment) return []
  const content = text.slice(comment.from + 2, comment.to).trim()
  const fixes = content.includes('*/')
    ? []
    : [replaceFix('Use /* */', comment, `/* ${content} */`)]
  return [{ ...hint(describe(comment, 'one-line-comment')), fixes }]
}

function lintOr(node: Logic, text: string): Diagnostic[] {
  return node.operands
    .filter(
      (operand): operand is Logic =>
        operand.kind === 'and' && !isParenthesised(operand, node, text),
    )
    .map((operand) => ({
      ...hint(describe(operand, 'mixed-logic')),
      fixes: [
        replaceFix(
          'Add parentheses',
          operand,
          `(${text.slice(operand.from, operand.to)})`,
        ),
      ],
    }))
}

/** The span of an operand leaves its parentheses out; that of the whole has them in. */
const isParenthesised = (operand: Logic, whole: Logic, text: string): boolean =>
  operand.from > whole.from && text.slice(0, operand.from).trimEnd().endsWith('(')
