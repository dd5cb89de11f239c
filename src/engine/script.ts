import type { Call, Compare, Expression, FieldRef, In, Match } from '../language/ast'
import { childrenOf } from '../language/walk'
import { calculate, negate } from './arithmetic'
import { foldFull } from './case-fold'
import { compareValues, holds } from './compare'
import type { Truth } from './evidence'
import { badFunctionArgument, unknownFunction } from './failure'
import { findFunction } from './functions/registry'
import { isNumber, type ScriptValue } from './java-number'
import { javaText } from './java-text'
import { joinKleene, notKleene } from './kleene'
import { literalValue } from './literal-value'
import { compilePatterns } from './text-pattern'

/** One value for every place where the expression names a field. */
export type Slots = readonly ScriptValue[]

/** @throws EvaluationFailure */
type Evaluate = (slots: Slots) => ScriptValue

export interface Script {
  /** The places in the order of their slots; a field named twice has two. */
  readonly fields: readonly FieldRef[]
  /** Whether some values may make it fail: overflow, division by zero, no number. */
  readonly mayFail: boolean
  readonly evaluate: Evaluate
}

/**
 * Compiles an expression to run as Elasticsearch's scripts do: null spreads, connectives
 * are three-valued, numbers and texts are Java's (language.md 3.1, 3.2, 3.7).
 * @throws EvaluationFailure for a malformed regular expression.
 */
export function compileScript(expression: Expression): Script {
  const compiler = new ScriptCompiler()
  const evaluate = compiler.compile(expression)
  return { fields: compiler.fields, mayFail: mayFail(expression), evaluate }
}

const mayFail = (node: Expression): boolean =>
  node.kind === 'arithmetic' ||
  node.kind === 'negate' ||
  (node.kind === 'call' && findFunction(node.name)?.mayFail === true) ||
  childrenOf(node).some(mayFail)

class ScriptCompiler {
  readonly fields: FieldRef[] = []

  compile(node: Expression): Evaluate {
    switch (node.kind) {
      case 'literal': {
        const value = literalValue(node)
        return () => value
      }
      case 'field': {
        const slot = this.fields.push(node) - 1
        return (slots) => slots[slot] ?? null
      }
      case 'call':
        return this.compileCall(node)
      case 'negate':
        return overNumbers('-', [this.compile(node.operand)], ([only]) => negate(only!))
      case 'arithmetic':
        return overNumbers(
          node.op,
          [this.compile(node.left), this.compile(node.right)],
          ([left, right]) => calculate(node.op, left!, right!),
        )
      case 'compare':
        return this.compileCompare(node)
      case 'in':
        return this.compileIn(node)
      case 'match':
        return this.compileMatch(node)
      case 'and':
      case 'or': {
        const operands = node.operands.map((operand) => this.compile(operand))
        return (slots) =>
          joinKleene(
            node.kind,
            operands.map((operand) => truthOf(operand(slots))),
          )
      }
      case 'not': {
        const operand = this.compile(node.operand)
        return (slots) => notKleene(truthOf(operand(slots)))
      }
    }
  }

  private compileCall(node: Call): Evaluate {
    const args = node.args.map((arg) => this.compile(arg))
    const called = findFunction(node.name)
    if (!called) throw unknownFunction(node.name)
    const fold = node.caseInsensitive ? foldFull : asIs
    const mayBeNull = called.mayBeNull ?? []
    return (slots) => {
      const values = args.map((arg) => arg(slots))
      const spoiled = values.some((value, i) => value === null && !mayBeNull.includes(i))
      return spoiled ? null : called.run(values, fold)
    }
  }

  private compileCompare({ op, left, right }: Compare): Evaluate {
    const leftValue = this.compile(left)
    if (right.kind === 'literal' && right.value === null && isEquality(op))
      return (slots) => (leftValue(slots) === null) === (op === '==')
    const rightValue = this.compile(right)
    return (slots) => {
      const order = compareValues(leftValue(slots), rightValue(slots))
      if (order === null) return null
      return op === '!=' ? order !== 0 : holds(op, order)
    }
  }

  private compileIn({ operand, items, caseInsensitive }: In): Evaluate {
    const value = this.compile(operand)
    const candidates = items.map((item) => this.compile(item))
    const fold = caseInsensitive ? foldText : (plain: ScriptValue) => plain
    return (slots) => {
      const sought = fold(value(slots))
      if (sought === null) return null
      return candidates.some((item) => compareValues(sought, fold(item(slots))) === 0)
    }
  }

  private compileMatch({ op, operand, patterns }: Match): Evaluate {
    const text = this.compile(operand)
    const texts = patterns
      .map((pattern) => pattern.value)
      .filter((pattern) => typeof pattern === 'string')
    const matches = compilePatterns(op, texts, 'script')
    return (slots) => {
      const value = text(slots)
      return typeof value === 'string' ? matches(value) : null
    }
  }
}

const asIs = (text: string): string => text

const foldText = (value: ScriptValue): ScriptValue =>
  typeof value === 'string' ? foldFull(value) : value

const isEquality = (op: Compare['op']): boolean => op === '==' || op === '!='

/** What is no boolean has no truth. */
export const truthOf = (value: ScriptValue): Truth =>
  typeof value === 'boolean' ? value : null

/** Runs `work` when every operand is a number; null where one is null. */
function overNumbers(
  op: string,
  operands: readonly Evaluate[],
  work: (numbers: readonly (ScriptValue & object)[]) => ScriptValue,
): Evaluate {
  return (slots) => {
    const values = operands.map((operand) => operand(slots))
    if (values.includes(null)) return null
    const numbers = values.filter(isNumber)
    if (numbers.length === values.length) return work(numbers)
    const culprit = values.find((value) => !isNumber(value))
    throw badFunctionArgument(op, javaText(culprit ?? ''))
  }
}
