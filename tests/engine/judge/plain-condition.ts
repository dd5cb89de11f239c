import type { Category, Expression, FieldRef } from '../../../src/language/ast'
import { childrenOf } from '../../../src/language/walk'
import { isInPlainBlock, readPlainAddress } from './plain-address'
import type { PlainEvent } from './plain-event'
import { PlainFailure } from './plain-failure'
import {
  fieldValues,
  inPrecision,
  isDateType,
  isRealType,
  isWholeType,
  scriptValueOf,
  type FieldValue,
} from './plain-field'
import { isConstant, isNull, simplify } from './plain-fold'
import type { PlainField, PlainFields } from './plain-mapping'
import { printPlainly, type PlainValue } from './plain-number'
import { lowerAscii, matchesLucene, matchesWildcard } from './plain-pattern'
import { agrees, evaluate, literalOf, type Chosen } from './plain-script'
import { floorToMs, readPlainMath, type PlainRange } from './plain-time'
import { compareTexts, compareVersions } from './plain-order'

/** Whether an event satisfies the condition. @throws PlainFailure */
export type PlainTest = (event: PlainEvent) => boolean

export function plainCategory(
  category: Category,
  fieldName: string,
  fields: PlainFields,
): PlainTest {
  const field = fields(fieldName)
  if (category.any) return () => true
  return (event) =>
    field !== undefined && fieldValues(event, field).includes(category.name)
}

/** A condition, or what it always comes to (language.md 3.1, 3.5). */
export function planPlainly(
  node: Expression,
  fields: PlainFields,
): PlainTest | boolean | null {
  const whole = simplify(withoutUnequal(node), (name) => fields(name) !== undefined)
  return isConstant(whole)
    ? typeof whole.value === 'boolean'
      ? whole.value
      : null
    : testOf(whole, fields)
}

/** `a != b` is `not (a == b)` wherever a condition is cut (language.md 2.4). */
function withoutUnequal(node: Expression): Expression {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map(withoutUnequal) }
    case 'not':
      return { ...node, operand: withoutUnequal(node.operand) }
    case 'compare':
      return node.op === '!='
        ? { ...node, kind: 'not', operand: { ...node, op: '==' } }
        : node
    default:
      return node
  }
}

function testOf(node: Expression, fields: PlainFields): PlainTest {
  switch (node.kind) {
    case 'and':
    case 'or': {
      // What may fail comes last, so that it is only asked where it matters.
      const tests = [...node.operands]
        .sort((a, b) => Number(mayFail(a)) - Number(mayFail(b)))
        .map((operand) => testOf(operand, fields))
      return node.kind === 'and'
        ? (event) => tests.every((test) => test(event))
        : (event) => tests.some((test) => test(event))
    }
    case 'not':
      return negation(testOf(node.operand, fields))
    case 'compare':
      if (node.op === '!=') return negation(testOf({ ...node, op: '==' }, fields))
      return fieldTest(node, fields) ?? scriptTest(node, fields)
    default:
      return fieldTest(node, fields) ?? scriptTest(node, fields)
  }
}

const negation =
  (test: PlainTest): PlainTest =>
  (event) =>
    !test(event)

const failing = ['add', 'subtract', 'multiply', 'divide', 'modulo', 'number', 'cidrmatch']
const mayFail = (node: Expression): boolean =>
  node.kind === 'arithmetic' ||
  node.kind === 'negate' ||
  (node.kind === 'call' &&
    failing.includes(node.name.toLowerCase()) &&
    !isBlockTest(node)) ||
  childrenOf(node).some(mayFail)

/** The index answers it; what fails in it fails before any event is asked. */
const isBlockTest = ({ name, args }: Extract<Expression, { kind: 'call' }>): boolean =>
  name.toLowerCase() === 'cidrmatch' &&
  args[0]?.kind === 'field' &&
  args.slice(1).every(isConstant)

/** True when some combination of values is (language.md 3.6). */
function scriptTest(node: Expression, fields: PlainFields): PlainTest {
  const places = fieldsIn(node)
  return (event) => {
    const options = places.map((place): readonly PlainValue[] => {
      const field = fields(place.name)!
      const values = fieldValues(event, field)
      return values.length === 0
        ? [null]
        : values.map((v) => scriptValueOf(v, field.type))
    })
    const some = (at: number, chosen: Chosen): boolean => {
      if (at === places.length) return evaluate(node, chosen) === true
      return options[at]!.some((value) =>
        some(at + 1, new Map([...chosen, [places[at]!, value]])),
      )
    }
    return some(0, new Map())
  }
}

const fieldsIn = (node: Expression): FieldRef[] =>
  node.kind === 'field' ? [node] : childrenOf(node).flatMap(fieldsIn)

/** Leaves that the index answers (language.md 3.2, 4.6); undefined for all others. */
function fieldTest(node: Expression, fields: PlainFields): PlainTest | undefined {
  const some = (field: PlainField, test: (value: FieldValue) => boolean): PlainTest => {
    return (event) => fieldValues(event, field).some(test)
  }
  if (node.kind === 'field') return some(fields(node.name)!, (value) => value === true)
  const place = childrenOf(node)[0]
  if (place?.kind !== 'field') return undefined
  const field = fields(place.name)!
  if (node.kind === 'compare' && isConstant(node.right)) {
    if (isNull(node.right)) return (event) => fieldValues(event, field).length === 0
    return some(field, constantTest(field, node.op, literalOf(node.right)!))
  }
  if (node.kind === 'in' && node.items.every(isConstant)) {
    const constants = node.items.filter(isConstant).map((item) => literalOf(item)!)
    if (node.caseInsensitive)
      return some(field, (value) =>
        constants.some(
          (item) => lowerAscii(String(value)) === lowerAscii(printPlainly(item)),
        ),
      )
    const tests = constants.map((item) => constantTest(field, '==', item))
    return some(field, (value) => tests.some((test) => test(value)))
  }
  if (node.kind === 'match')
    return some(field, (value) =>
      node.patterns.some((pattern) =>
        matchesField(node.op, String(pattern.value), String(value)),
      ),
    )
  if (node.kind === 'call' && node.args.slice(1).every(isConstant))
    return callTest(
      node,
      field,
      node.args
        .slice(1)
        .filter(isConstant)
        .map((arg) => printPlainly(literalOf(arg)!)),
      some,
    )
  return undefined
}

function callTest(
  { name, caseInsensitive }: Extract<Expression, { kind: 'call' }>,
  field: PlainField,
  texts: readonly string[],
  some: (field: PlainField, test: (value: FieldValue) => boolean) => PlainTest,
): PlainTest | undefined {
  const fold = (text: string): string => (caseInsensitive ? lowerAscii(text) : text)
  const part = fold(texts[0] ?? '')
  switch (name.toLowerCase()) {
    case 'startswith':
      return some(field, (value) => fold(String(value)).startsWith(part))
    case 'endswith':
      return some(field, (value) => fold(String(value)).endsWith(part))
    case 'stringcontains':
      return some(field, (value) => fold(String(value)).includes(part))
    case 'cidrmatch':
      for (const text of texts)
        if (isInPlainBlock(0n, text) === undefined)
          throw new PlainFailure(`bad block ${text}`)
      return some(field, (value) =>
        texts.some((text) => isInPlainBlock(value as bigint, text)),
      )
    default:
      return undefined
  }
}

function matchesField(op: string, pattern: string, value: string): boolean {
  if (op === 'regex' || op === 'regex~')
    return matchesLucene(pattern, value, op === 'regex~')
  if (op === 'like') return matchesWildcard(pattern, value)
  return matchesWildcard(lowerAscii(pattern), lowerAscii(value))
}

/** `field OP constant` on one value (language.md 3.7). */
function constantTest(
  { type }: PlainField,
  op: string,
  constant: Exclude<PlainValue, null>,
): (value: FieldValue) => boolean {
  const text = printPlainly(constant)
  const plain = typeof constant === 'object' ? constant.worth : constant
  if (isWholeType(type) || isRealType(type)) {
    const number = numberOf(plain)
    if (number === undefined) throw new PlainFailure(`no number: ${text}`)
    const sought = isRealType(type) ? inPrecision(type, Number(number)) : number
    return (value) => agrees(op, orderOf(value, sought))
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new PlainFailure(`no boolean: ${text}`)
    return (value) => agrees(op, Number(value) - Number(text === 'true'))
  }
  if (type === 'ip') {
    const isBlock = isInPlainBlock(0n, text) !== undefined
    if (!isBlock || (op !== '==' && text.includes('/')))
      throw new PlainFailure(`no address: ${text}`)
    if (op === '==') return (value) => isInPlainBlock(value as bigint, text) === true
    const sought = readPlainAddress(text)!
    return (value) => agrees(op, orderOf(value, sought))
  }
  if (isDateType(type)) return dateTest(type, op, rangeOf(plain, text))
  const compare = type === 'version' ? compareVersions : compareTexts
  return (value) =>
    op === '==' ? value === text : agrees(op, compare(String(value), text))
}

function numberOf(
  plain: string | number | bigint | boolean,
): number | bigint | undefined {
  if (typeof plain === 'boolean') return undefined
  if (typeof plain !== 'string') return plain
  if (/^[+-]?\d+$/.test(plain)) return BigInt(plain.replace('+', ''))
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

function rangeOf(plain: string | number | bigint | boolean, text: string): PlainRange {
  const range =
    typeof plain === 'string'
      ? readPlainMath(plain)
      : typeof plain === 'boolean'
        ? undefined
        : ([BigInt(plain) * 1_000_000n, BigInt(plain) * 1_000_000n] as const)
  if (!range) throw new PlainFailure(`no date: ${text}`)
  return range
}

function dateTest(type: string, op: string, [first, last]: PlainRange) {
  const cut = (nanos: bigint): bigint => (type === 'date' ? floorToMs(nanos) : nanos)
  return (value: FieldValue): boolean => {
    const [toFirst, toLast] = [orderOf(value, cut(first)), orderOf(value, cut(last))]
    if (op === '==') return toFirst >= 0 && toLast <= 0
    if (op === '<') return toFirst < 0
    if (op === '>=') return toFirst >= 0
    return op === '>' ? toLast > 0 : toLast <= 0
  }
}

/** Both are numbers, or bigints that stand for something in order. */
function orderOf(value: FieldValue, than: number | bigint): number {
  const number = value as number | bigint
  return number < than ? -1 : number > than ? 1 : 0
}
