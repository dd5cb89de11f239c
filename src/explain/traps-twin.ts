import { kindOf } from '../engine/field-values'
import type { Schema } from '../events/schema'
import type { Call, Compare, Expression, In, Literal, Match } from '../language/ast'
import type { Trap } from './traps-wording'

type TwinTrap = Extract<Trap, { code: 'case' | 'wildcard-literal' | 'whole-value' }>

/** A leaf nearly the same as another, and what it is about if only this one is true. */
export interface Twin {
  readonly leaf: Expression
  /** The value is found by asking. */
  readonly trap: TwinTrap
}

/** Shorter texts are part of too much to say anything. */
const TELLING = 3

/** Leaves as one may have meant them: without case, with wildcards, as a part. */
export function findTwins(leaf: Expression, schema: Schema): readonly Twin[] {
  switch (leaf.kind) {
    case 'compare':
      return twinsOfEquals(leaf, schema)
    case 'in':
      return twinsOfIn(leaf)
    case 'match':
      return twinsOfMatch(leaf, schema)
    case 'call':
      return twinsOfCall(leaf)
    default:
      return []
  }
}

const isText = (node: Expression | undefined): node is Literal & { value: string } =>
  node?.kind === 'literal' && typeof node.value === 'string'

const hasWildcard = (text: string): boolean => /[*?]/.test(text)

function matching(
  { operand, from, to }: Pick<Match, 'operand' | 'from' | 'to'>,
  op: Match['op'],
  pattern: string,
): Match {
  const span = { from, to }
  const literal: Literal = { kind: 'literal', type: 'string', value: pattern, ...span }
  return { kind: 'match', op, operand, patterns: [literal], opSpan: span, ...span }
}

function twinsOfEquals(node: Compare, schema: Schema): readonly Twin[] {
  const { op, left, right } = node
  if (op !== '==' || !isText(right) || !isTextual(left, schema)) return []
  const wanted = right.value
  const whole = { operand: left, from: node.from, to: node.to }
  return [
    {
      leaf: { kind: 'in', items: [right], caseInsensitive: true, ...whole },
      trap: {
        code: 'case',
        op,
        value: undefined,
        wanted,
        instead: hasWildcard(wanted) ? 'in~' : ':',
      },
    },
    ...(hasWildcard(wanted) ? [wildcardTwin(whole, op, wanted, ':')] : []),
    ...(isAnalysed(left, schema) ? partTwins(whole, op, ':', wanted, schema) : []),
  ]
}

/** Fields of other types are compared by value. */
const isTextual = (node: Expression, schema: Schema): boolean => {
  const field = node.kind === 'field' ? schema.field(node.name) : undefined
  return !field || kindOf(field.type) === 'text'
}

const isAnalysed = (node: Expression, schema: Schema): boolean => {
  const type = node.kind === 'field' ? schema.field(node.name)?.type : undefined
  return type === 'text' || type === 'match_only_text'
}

const wildcardTwin = (
  place: Pick<Match, 'operand' | 'from' | 'to'>,
  op: string,
  wanted: string,
  instead: ':' | 'like' | 'like~',
): Twin => ({
  leaf: matching(place, instead, wanted),
  trap: { code: 'wildcard-literal', op, value: undefined, wanted, instead },
})

function twinsOfIn(node: In): readonly Twin[] {
  const op = node.caseInsensitive ? 'in~' : 'in'
  return node.items.filter(isText).flatMap((item): Twin[] => [
    ...(node.caseInsensitive
      ? []
      : [
          {
            leaf: { ...node, items: [item], caseInsensitive: true },
            trap: {
              code: 'case',
              op,
              value: undefined,
              wanted: item.value,
              instead: 'in~',
            } as const,
          },
        ]),
    ...(hasWildcard(item.value) ? [wildcardTwin(node, op, item.value, 'like~')] : []),
  ])
}

function twinsOfMatch(node: Match, schema: Schema): readonly Twin[] {
  const { op } = node
  return node.patterns.filter(isText).flatMap((pattern): Twin[] => [
    ...(op === 'like' || op === 'regex'
      ? [
          {
            leaf: matching(node, `${op}~`, pattern.value),
            trap: {
              code: 'case',
              op,
              value: undefined,
              wanted: pattern.value,
              instead: `${op}~`,
            } as const,
          },
        ]
      : []),
    ...partTwins(node, op, op, pattern.value, schema),
  ])
}

/** The same pattern, satisfied by a part of the value. */
function partTwins(
  place: Pick<Match, 'operand' | 'from' | 'to'>,
  op: string,
  twinOp: Match['op'],
  wanted: string,
  schema: Schema,
): readonly Twin[] {
  const instead = twinOp.startsWith('regex') ? anywhere(wanted) : `*${wanted}*`
  if (wanted.length < TELLING || /^\*|\*$/.test(wanted)) return []
  const isText = isAnalysed(place.operand, schema)
  return [
    {
      leaf: matching(place, twinOp, instead),
      trap: { code: 'whole-value', op, value: undefined, wanted, instead, isText },
    },
  ]
}

/** Anchors are ordinary characters, and the whole has to fit (language.md 3.9). */
const anywhere = (regexp: string): string => {
  const bare = regexp.replace(/^\^|(?<!\\)\$$/g, '')
  return bare.includes('|') ? `.*(${bare}).*` : `.*${bare}.*`
}

function twinsOfCall(node: Call): readonly Twin[] {
  const [, sought] = node.args
  const name = node.name.toLowerCase()
  const isTest = ['startswith', 'endswith', 'stringcontains'].includes(name)
  if (!isTest || node.caseInsensitive || !isText(sought)) return []
  return [
    {
      leaf: { ...node, caseInsensitive: true },
      trap: {
        code: 'case',
        value: undefined,
        op: node.name,
        wanted: sought.value,
        instead: `${node.name}~`,
      },
    },
  ]
}
