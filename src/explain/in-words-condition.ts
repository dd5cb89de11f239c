import { EvaluationFailure } from '../engine/failure'
import { constantTruth, foldExpression } from '../engine/fold'
import { joinConstants, notKleene } from '../engine/kleene'
import type { Truth } from '../engine/evidence'
import type { Expression, Logic, Not } from '../language/ast'
import { fieldsIn } from '../language/walk'
import { tellClause } from './in-words-clause-wording'
import { joinPhrases, say, tell, type Phrase } from './in-words-phrase'
import { connectives, tellUnmapped } from './in-words-wording'

/**
 * A condition in words, every smallest part of it once, with its span. The cut is that of
 * language.md 3.1: at `and`, `or` and `not`.
 */
export function tellCondition(node: Expression): readonly Phrase[] {
  const cut = withoutTruth(node)
  switch (cut.kind) {
    case 'and':
      return joinParts(cut, connectives.and)
    case 'or':
      return [
        ...say(connectives.either),
        ...joinParts(cut, cut.operands.length > 2 ? connectives.orMany : connectives.or),
      ]
    case 'not':
      return tellNot(cut)
    default: {
      const { text, list } = tellClause(cut, true)
      const unmapped =
        cut.kind === 'compare' && cut.op === '!=' ? tellIfUnmapped(cut) : ''
      return tell({ text: text + unmapped, ...(list && { list }) }, node)
    }
  }
}

/** The terms of a condition's top-level `and`, those of `and`s right in it among them. */
export function termsOf(node: Expression): readonly Expression[] {
  const cut = withoutTruth(node)
  return cut.kind === 'and' ? cut.operands.flatMap(termsOf) : [node]
}

/** `(a and b) == true` is `a and b`, and `(a and b) == false` its `not`. */
function withoutTruth(node: Expression): Expression {
  if (node.kind !== 'compare' || (node.op !== '==' && node.op !== '!=')) return node
  const { left, right, from, to } = node
  const isCut = ['and', 'or', 'not'].includes(left.kind)
  if (!isCut || right.kind !== 'literal' || typeof right.value !== 'boolean') return node
  const holds = (node.op === '==') === right.value
  return holds ? withoutTruth(left) : { kind: 'not', operand: left, from, to }
}

const joinParts = (
  { operands }: Logic,
  [between, beforeLast]: readonly [string, string],
): readonly Phrase[] => joinPhrases(operands.map(inBrackets), between, beforeLast)

/** A connective within another needs brackets, and so does a list. */
function inBrackets(node: Expression): readonly Phrase[] {
  const { kind } = withoutTruth(node)
  const told = tellCondition(node)
  const isJoined = kind === 'and' || kind === 'or' || told.some(hasOr)
  return isJoined ? [...say('('), ...told, ...say(')')] : told
}

const hasOr = ({ text }: Phrase): boolean => text.includes(' or ')

function tellNot(node: Not): readonly Phrase[] {
  const operand = withoutTruth(node.operand)
  const unmapped = tellIfUnmapped(node)
  switch (operand.kind) {
    case 'not':
      return tellCondition(operand.operand)
    case 'and':
    case 'or': {
      const [before, after] =
        operand.kind === 'or' ? connectives.none : connectives.notAll
      const parts = joinPhrases(operand.operands.map(tellCondition), '; ', '; ')
      return [...say(before), ...parts, ...say(after + unmapped)]
    }
    default: {
      const { text, list } = tellClause(operand, false)
      return tell({ text: text + unmapped, ...(list && { list }) }, node)
    }
  }
}

/** A negation is null where its inside folds to null (language.md 3.4). */
function tellIfUnmapped(node: Expression): string {
  const names = fieldsIn(node).filter(({ optional }) => optional)
  const fields = [...new Set(names.map(({ name }) => name))]
  const alone = fields.filter((field) => constantIfUnmapped(node, [field]) === null)
  if (alone.length > 0) return tellUnmapped(alone, 'one')
  const isNull = fields.length > 0 && constantIfUnmapped(node, fields) === null
  return isNull ? tellUnmapped(fields, 'all') : ''
}

/** What a condition folds to where no index maps these fields (language.md 3.5). */
function constantIfUnmapped(
  node: Expression,
  fields: readonly string[],
): Truth | undefined {
  switch (node.kind) {
    case 'and':
    case 'or':
      return joinConstants(
        node.kind,
        node.operands.map((operand) => constantIfUnmapped(operand, fields)),
      )
    case 'not': {
      const inside = constantIfUnmapped(node.operand, fields)
      return inside === undefined ? undefined : notKleene(inside)
    }
    default:
      return foldedTruth(node, fields)
  }
}

function foldedTruth(node: Expression, fields: readonly string[]): Truth | undefined {
  try {
    return constantTruth(foldExpression(node, (name) => !fields.includes(name)))
  } catch (error) {
    // What cannot be computed is a problem of the query, told elsewhere.
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}
