import type { FieldRef } from '../language/ast'
import { printTime } from '../events/time'
import type { Truth } from './evidence'
import type { FieldReader, Value } from './field-values'
import { printAddress } from './ip'
import type { ScriptValue } from './java-number'
import { truthOf, type Script, type Slots } from './script'

/** A script asked over all combinations of its fields' values. */
export interface ScriptTest {
  readonly fields: readonly FieldRef[]
  /** Whether some values may make the whole search fail. */
  readonly mayFail: boolean
  /** `values` of every field in turn. @throws EvaluationFailure */
  judge(values: readonly (readonly Value[])[]): Truth
  /** The first combination that makes it true; undefined for an absent field's part. */
  decide(
    values: readonly (readonly Value[])[],
  ): readonly (Value | undefined)[] | undefined
  /** Whether some event so far had more combinations than are tried. */
  isCapped(): boolean
}

/** So many combinations are tried in one event; the rest count as failed. */
const maxCombinations = 10_000

/**
 * True where some combination is; null where all of them are; an absent field takes part
 * as null (language.md 3.2, 3.6).
 */
export function compileScriptTest(
  { fields, mayFail, evaluate }: Script,
  readers: readonly FieldReader[],
): ScriptTest {
  let isCapped = false
  const onlySlot = (each: readonly Value[], i: number): Slots[number] =>
    slotOf(each[0], readers[i])
  const run = (choice: readonly (Value | undefined)[]): Truth =>
    truthOf(evaluate(choice.map((value, i) => slotOf(value, readers[i]))))
  return {
    fields,
    mayFail,
    judge: (values) => {
      if (hasOneChoice(values)) return truthOf(evaluate(values.map(onlySlot)))
      let joined: Truth = null
      for (const choice of combinations(values)) {
        const truth = run(choice)
        if (truth === true) return true
        joined = truth ?? joined
      }
      isCapped ||= countCombinations(values) > maxCombinations
      return joined
    },
    decide: (values) => {
      for (const choice of combinations(values)) if (run(choice) === true) return choice
      return undefined
    },
    isCapped: () => isCapped,
  }
}

/** Most events hold one value of each field. */
function hasOneChoice(values: readonly (readonly Value[])[]): boolean {
  for (const each of values) if (each.length > 1) return false
  return true
}

const countCombinations = (values: readonly (readonly Value[])[]): number =>
  values.reduce((product, each) => product * Math.max(each.length, 1), 1)

const slotOf = (
  value: Value | undefined,
  reader: FieldReader | undefined,
): Slots[number] =>
  value === undefined || reader === undefined ? null : scriptValue(value, reader)

/** All ways to choose one value of each, the last varying fastest, up to the limit. */
function* combinations(
  values: readonly (readonly Value[])[],
): Generator<readonly (Value | undefined)[]> {
  const sizes = values.map((each) => Math.max(each.length, 1))
  const total = Math.min(countCombinations(values), maxCombinations)
  for (let n = 0; n < total; n++) {
    let rest = n
    const choice = new Array<Value | undefined>(values.length)
    for (let i = values.length - 1; i >= 0; i--) {
      choice[i] = values[i]![rest % sizes[i]!]
      rest = Math.floor(rest / sizes[i]!)
    }
    yield choice
  }
}

/** A field's value as a script sees it: numbers typed, addresses and dates as text. */
function scriptValue(value: Value, { kind, field }: FieldReader): ScriptValue {
  if (kind === 'ip') return printAddress(String(value))
  if (kind === 'date') return isoInstant(Number(value), 0)
  if (kind === 'nanos') return nanosText(BigInt(value))
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (kind === 'whole') return { type: wholeType(field.type), value: BigInt(value) }
  return { type: realType(field.type), value: Number(value) }
}

const nanosText = (nanos: bigint): string => {
  const rest = ((nanos % 1_000_000n) + 1_000_000n) % 1_000_000n
  return isoInstant(Number((nanos - rest) / 1_000_000n), Number(rest))
}

/** Whole seconds stand without a fraction, as Java prints an instant. */
const isoInstant = (ms: number, nanos: number): string =>
  printTime(ms, nanos).replace('.000Z', 'Z')

const wholeType = (type: FieldReader['field']['type']) =>
  type === 'long' || type === 'unsigned_long' ? type : 'int'

const realType = (type: FieldReader['field']['type']) =>
  type === 'float' || type === 'half_float' ? 'float' : 'double'
