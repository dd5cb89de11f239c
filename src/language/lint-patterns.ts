import type { Schema } from '../events/schema'
import type { Compare, Expression, In, Literal, Match } from './ast'
import type { Diagnostic, QuickFix } from './diagnostics'
import { describe, hint, replaceFix, warning } from './problem'
import { textOf } from './read-tree'
import { typeOf } from './type-of'
import { isString } from './value-types'

/** A `*` or `?` under `==` stands for itself (language.md 3.8). */
export function lintCompare(
  node: Compare,
  schema: Schema,
  text: string,
): readonly Diagnostic[] {
  const { op, left, right } = node
  if (op !== '==' && op !== '!=') return []
  return [left, right].filter(isWildcard).map((literal) => ({
    ...warning(describe(literal, 'wildcard-under-equals', shorten(literal), op)),
    fixes:
      literal === right && isText(left, schema) ? [useColon(node, literal, text)] : [],
  }))
}

/** What `:` takes; a field that does not exist has a problem of its own. */
const isText = (node: Expression, schema: Schema): boolean => {
  const type = typeOf(node, schema)
  return node.kind !== 'literal' && type !== undefined && isString(type)
}

/** `a == "x*"` to `a : "x*"`, `a != "x*"` to `not a : "x*"`. */
function useColon({ op, opSpan, from }: Compare, right: Literal, text: string): QuickFix {
  if (op === '==') return replaceFix('Use :', opSpan, ':')
  const before = { from, to: right.from }
  const test = `not ${text.slice(from, opSpan.from)}:${text.slice(opSpan.to, right.from)}`
  return replaceFix('Use not … :', before, test)
}

/** A `?` alone is as often part of an address as a wildcard. */
const isWildcard = (node: Expression): node is Literal =>
  node.kind === 'literal' &&
  typeof node.value === 'string' &&
  (node.value.includes('*') || /^[^/=]*\?[^/=]*$/.test(node.value))

const shorten = ({ value }: Literal) => {
  const text = String(value)
  return text.length > 40 ? `“${text.slice(0, 39)}…”` : `“${text}”`
}

/** The same in a list; `like` knows wildcards and minds the case as `in` does. */
export function lintInWildcards(
  node: In,
  schema: Schema,
  text: string,
): readonly Diagnostic[] {
  const items = node.items.filter(isWildcard)
  if (items.length === 0) return []
  const op = node.caseInsensitive ? 'in~' : 'in'
  const fix = isText(node.operand, schema) ? useLike(node, text) : undefined
  return items.map((item) => ({
    ...warning(describe(item, 'wildcard-under-equals', shorten(item), op)),
    fixes: fix ? [fix] : [],
  }))
}

function useLike(node: In, text: string): QuickFix | undefined {
  const areTexts = node.items.every(
    (item) => item.kind === 'literal' && item.type === 'string',
  )
  const written = /^(\)*)(\s*)(not\s+)?in(~?)(?=\s*\()/.exec(text.slice(node.operand.to))
  if (!areTexts || !written) return undefined
  const [all, parens = '', gap = '', not, tilde = ''] = written
  const { from, operand } = node
  const like = `${parens}${gap}like${tilde}`
  return {
    label: `Use like${tilde}`,
    edits: [
      ...(not ? [{ from, to: from, insert: 'not ' }] : []),
      { from: operand.to, to: operand.to + all.length, insert: like },
    ],
  }
}

/** `a : "*"` only asks for a value (language.md 3.8); beside others it makes them idle. */
export function lintMatch(
  node: Match,
  text: string,
  isTest: boolean,
): readonly Diagnostic[] {
  const { op, operand, patterns } = node
  const star = patterns.find(({ value }) => /^\*+$/.test(String(value)))
  if (!star || op.startsWith('regex')) return []
  const isAlone = patterns.length === 1
  const fix = replaceFix('Use != null', node, `${textOf(text, operand)} != null`)
  return [
    {
      ...(isAlone ? hint : warning)(describe(star, 'star-only', isAlone)),
      fixes: isTest && operand.kind === 'field' && !operand.optional ? [fix] : [],
    },
  ]
}

/** Patterns over function results are Java's, where these do mean something. */
export function lintRegex({ op, operand, patterns }: Match): readonly Diagnostic[] {
  if (!op.startsWith('regex') || operand.kind !== 'field') return []
  return patterns.flatMap((pattern) => {
    const value = String(pattern.value)
    const part = /^\^|(?<!\\)\$$|\\b|\(\?/.exec(value)?.[0]
    if (part) return [warning(describe(pattern, 'regex-dialect', part))]
    const letter = /\\([dDsSwW])/.exec(value)?.[0]
    return letter ? [hint(describe(pattern, 'regex-class', letter))] : []
  })
}
