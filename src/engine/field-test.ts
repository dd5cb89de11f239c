import type { Field, Schema } from '../events/schema'
import type { Call, Compare, Expression, In, Literal, Match } from '../language/ast'
import { printPatterns, printTexts } from './byte-patterns'
import { foldAscii } from './case-fold'
import type { ColumnTest, TextAsks } from './column-test'
import { compileFieldCompare, type ValueTest } from './field-compare'
import { kindOf } from './field-values'
import { requireBlock } from './functions/network'
import { isInBlock } from './ip'
import { literalText } from './literal-value'
import { compileFoldedPatterns, compilePatterns } from './text-pattern'
import { isWildcard } from './wildcard'
import { someTest } from './wildcard-list'

/** A test that the index could answer from one field's values alone. */
export interface FieldTest extends ColumnTest {
  readonly field: Field
}

/**
 * Recognises the leaves that run as field queries (language.md 3.2, 4.6): a field against
 * constants. undefined for all others, which run as scripts. The leaf has been folded.
 * @throws EvaluationFailure when the field's type cannot hold a constant.
 */
export function compileFieldTest(
  leaf: Expression,
  schema: Schema,
  now: number,
): FieldTest | undefined {
  switch (leaf.kind) {
    case 'field': {
      const field = schema.field(leaf.name)
      return field && someValue(field, 1, (value) => value === true)
    }
    case 'compare':
      return compileCompare(leaf, schema, now)
    case 'in':
      return compileIn(leaf, schema, now)
    case 'match':
      return compileMatch(leaf, schema)
    case 'call':
      return compileCall(leaf, schema)
    default:
      return undefined
  }
}

/** True when some value passes, null when there is none. */
const someValue = (field: Field, effort: number, test: ValueTest): FieldTest => ({
  field,
  effort,
  isNullWithoutValue: true,
  isTrueOf: test,
  judge: (values) => {
    // Most events hold one value, and this is the busiest place of all.
    if (values.length === 1) return test(values[0]!)
    return values.length === 0 ? null : values.some(test)
  },
})

const fieldOf = (node: Expression | undefined, schema: Schema): Field | undefined =>
  node?.kind === 'field' ? schema.field(node.name) : undefined

const isLiteral = (node: Expression): node is Literal => node.kind === 'literal'

function compileCompare(
  { left, op, right }: Compare,
  schema: Schema,
  now: number,
): FieldTest | undefined {
  const field = fieldOf(left, schema)
  if (!field || !isLiteral(right) || op === '!=') return undefined
  if (right.value === null)
    return { field, effort: 1, judge: (values) => values.length === 0 }
  const test = someValue(field, 1, compileFieldCompare(field, op, right, now))
  const text = literalText(right)
  if (op !== '==' || kindOf(field.type) !== 'text') return test
  return {
    ...test,
    texts: [text],
    textsMean: 'just these',
    asks: () => ({ needs: [foldAscii(text)], patterns: printTexts([text], false) }),
  }
}

function compileIn(
  { operand, items, caseInsensitive }: In,
  schema: Schema,
  now: number,
): FieldTest | undefined {
  const field = fieldOf(operand, schema)
  const literals = items.filter(isLiteral)
  if (!field || literals.length < items.length) return undefined
  if (kindOf(field.type) === 'text') {
    const fold = caseInsensitive ? foldAscii : asItIs
    const sought = new Set(literals.map((literal) => fold(literalText(literal))))
    const test = someValue(field, 1, (value) => sought.has(fold(String(value))))
    const texts = [...sought]
    const asks = (): TextAsks => ({
      folded: caseInsensitive ? (text) => sought.has(text) : undefined,
      needs: texts.map(foldAscii),
      patterns: printTexts(texts, caseInsensitive),
    })
    return {
      ...test,
      texts,
      textsMean: caseInsensitive ? 'any case' : 'just these',
      asks,
    }
  }
  const tests = literals.map((literal) => compileFieldCompare(field, '==', literal, now))
  return someValue(field, tests.length, someTest(tests))
}

function compileMatch(
  { op, operand, patterns }: Match,
  schema: Schema,
): FieldTest | undefined {
  const field = fieldOf(operand, schema)
  if (!field) return undefined
  const texts = patterns.map(literalText)
  const matches = compilePatterns(op, texts, 'field')
  const isRegex = op.startsWith('regex')
  const isPlain = !isRegex && !texts.some(isWildcard)
  const asks = (): TextAsks => ({
    folded: compileFoldedPatterns(op, texts),
    needs: texts.map(foldAscii),
    patterns: printPatterns(texts, op !== 'like'),
  })
  return {
    ...someValue(
      field,
      isPlain ? 2 : 4 * texts.length,
      (value) => typeof value === 'string' && matches(value),
    ),
    texts: isPlain ? texts : undefined,
    textsMean: op === 'like' ? 'just these' : 'any case',
    asks: isRegex || kindOf(field.type) !== 'text' ? undefined : asks,
  }
}

/**
 * Constants are matched as they are, not as wildcard patterns (language.md 4.6). No more
 * of the text is folded than is compared; `sought` is folded already.
 */
const textTests: Readonly<Record<string, TextTest>> = {
  startswith: (text, sought, fold) => fold(text.slice(0, sought.length)) === sought,
  endswith: (text, sought, fold) =>
    text.length >= sought.length &&
    fold(text.slice(text.length - sought.length)) === sought,
  stringcontains: (text, sought, fold) => fold(text).includes(sought),
}
type TextTest = (text: string, sought: string, fold: (text: string) => string) => boolean

const placeOf = (name: string): { isBegin: boolean; isEnd: boolean } => ({
  isBegin: name.toLowerCase() === 'startswith',
  isEnd: name.toLowerCase() === 'endswith',
})

/** The pattern that texts have to match. */
const needOf = (name: string, constant: string): string => {
  const { isBegin, isEnd } = placeOf(name)
  return `${isBegin ? '' : '*'}${constant}${isEnd ? '' : '*'}`
}

const asItIs = (text: string): string => text

function compileCall(
  { name, args, caseInsensitive }: Call,
  schema: Schema,
): FieldTest | undefined {
  const field = fieldOf(args[0], schema)
  const constants = args.slice(1).filter(isLiteral)
  if (!field || constants.length + 1 < args.length) return undefined
  const texts = constants.map(literalText)
  if (name.toLowerCase() === 'cidrmatch') {
    const blocks = texts.map(requireBlock)
    return someValue(field, blocks.length, (value) =>
      blocks.some((block) => isInBlock(String(value), block)),
    )
  }
  const test = textTests[name.toLowerCase()]
  const [constant] = texts
  if (!test || constant === undefined) return undefined
  const fold = caseInsensitive ? foldAscii : asItIs
  const sought = fold(constant)
  const asks = (): TextAsks => ({
    folded: caseInsensitive ? (text) => test(text, sought, asItIs) : undefined,
    needs: [needOf(name, foldAscii(constant))],
    patterns: printTexts([constant], caseInsensitive, placeOf(name)),
  })
  return {
    ...someValue(field, 2, (value) => test(String(value), sought, fold)),
    asks: kindOf(field.type) === 'text' ? asks : undefined,
  }
}
