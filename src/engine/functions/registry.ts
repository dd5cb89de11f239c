import type { EqlFunction } from './function'
import { networkFunctions } from './network'
import { numberFunctions } from './number'
import { stringFunctions } from './string'

/** Every function by its usual spelling (language.md 4.1). */
export const functions: Readonly<Record<string, EqlFunction>> = {
  ...stringFunctions,
  ...numberFunctions,
  ...networkFunctions,
}

const byName: ReadonlyMap<string, EqlFunction> = new Map(
  Object.entries(functions).map(([name, run]) => [name.toLowerCase(), run]),
)

/** Function names are case-insensitive. */
export const findFunction = (name: string): EqlFunction | undefined =>
  byName.get(name.toLowerCase())
