import type { Expression, Query } from '../language/ast'
import { childrenOf, fieldsIn, stepsOf } from '../language/walk'
import { notes } from './in-words-wording'

/** What holds for the whole text of a rule, as far as the rule gives reason to say it. */
export function tellNotes(query: Query): readonly string[] {
  const { body } = query
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  const conditions = [...stepsOf(query), ...until].map((step) => step.query.condition)
  const nodes = conditions.flatMap(allNodes).filter(hasText)
  const [isMinded, isAnyCase] = [nodes.some(mindsCase), nodes.some(takesAnyCase)]
  return [
    ...(conditions.some((node) => fieldsIn(node).length > 0) ? [notes.values] : []),
    ...(isMinded && isAnyCase ? [notes.bothCases] : []),
    ...(isMinded && !isAnyCase ? [notes.case] : []),
    ...(isAnyCase && !isMinded ? [notes.anyCase] : []),
    ...(nodes.some(hasInnerWildcard) ? [notes.wildcards] : []),
  ]
}

const allNodes = (node: Expression): readonly Expression[] => [
  node,
  ...childrenOf(node).flatMap(allNodes),
]

/** Whether it compares with a text that has letters, or wildcards. */
const hasText = (node: Expression): boolean =>
  childrenOf(node).some(
    (child) =>
      child.kind === 'literal' &&
      /[\p{L}*?]/u.test(String(child.value)) &&
      child.type === 'string',
  )

function takesAnyCase(node: Expression): boolean {
  if (node.kind === 'match') return node.op !== 'like' && node.op !== 'regex'
  return (node.kind === 'in' || node.kind === 'call') && node.caseInsensitive
}

function mindsCase(node: Expression): boolean {
  const isTest = ['compare', 'match', 'in', 'call'].includes(node.kind)
  return isTest && !takesAnyCase(node)
}

const hasInnerWildcard = (node: Expression): boolean =>
  node.kind === 'match' &&
  !node.op.startsWith('regex') &&
  node.patterns.some(({ value }) => isShown(String(value)))

/** Wildcards that are not told by starts with, ends with or contains. */
const isShown = (pattern: string): boolean =>
  /[*?]/.test(pattern.replace(/^\*+|\*+$/g, '')) && pattern !== '?*'
