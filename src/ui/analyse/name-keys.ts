import type { RuleKeys } from '../../explain/rule-keys'

/** A line for each key; where brackets have different fields, from step to step. */
export const nameKeys = (keys: RuleKeys): readonly string[] =>
  keys.map((key) => [...new Set(key.map(printField))].join(' → '))

const printField = ({ name, optional }: RuleKeys[number][number]): string =>
  `${optional ? '?' : ''}${name}`
