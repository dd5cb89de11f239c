import { badFunctionArgument } from '../failure'
import { isNumber, type JavaNumber, type ScriptValue } from '../java-number'
import { javaText } from '../java-text'

/** How a function computes its result (language.md 4). */
export interface EqlFunction {
  /** Arguments that may be null, by position; null in any other gives null. */
  readonly mayBeNull?: readonly number[]
  /** Whether arguments of the right types may still make the whole search fail. */
  readonly mayFail?: true
  /**
   * `fold` brings texts to one case in the `~` form, and is the identity else. It keeps
   * the length, so positions carry over.
   * @throws EvaluationFailure
   */
  run(args: readonly ScriptValue[], fold: (text: string) => string): ScriptValue
}

/** The text argument at a position; null where it may be left out or null. */
export function textAt(
  name: string,
  args: readonly ScriptValue[],
  position: number,
): string {
  const value = args[position] ?? null
  if (typeof value === 'string') return value
  throw badFunctionArgument(name, value === null ? 'null' : javaText(value))
}

export function numberAt(
  name: string,
  args: readonly ScriptValue[],
  position: number,
): JavaNumber {
  const value = args[position] ?? null
  if (isNumber(value)) return value
  throw badFunctionArgument(name, value === null ? 'null' : javaText(value))
}

/** An optional whole-number argument; undefined when it is null or not written. */
export function optionalAt(
  name: string,
  args: readonly ScriptValue[],
  position: number,
): number | undefined {
  if ((args[position] ?? null) === null) return undefined
  return Math.trunc(Number(numberAt(name, args, position).value))
}
