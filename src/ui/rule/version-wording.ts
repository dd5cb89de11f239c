import type { RuleVersion } from '../../rules/rule-history'
import { printDateTime } from '../result/time-text'

/** All sentences of the versions of a rule and of their comparison. */

/** `Saved 2026-11-21 08:00:00`, `Version 3 (8.2)` */
export function sayVersion({ origin, version, release, time }: RuleVersion): string {
  const number = version === undefined ? '' : `, version ${version}`
  if (origin === 'saved') return `Saved ${printDateTime(time ?? NaN)}${number}`
  if (origin === 'imported') return `As opened${number}`
  return `Version ${version ?? '?'}${release === undefined ? '' : ` (${release})`}`
}

export const sayFieldsChanged = (fields: readonly string[]): string =>
  fields.length === 0 ? VERSIONS.same : `Different: ${fields.join(', ')}.`

export const VERSIONS = {
  title: 'Versions',
  save: 'Save version',
  before: 'Before',
  after: 'After',
  now: 'As it stands now',
  ownVersions: 'This rule',
  otherRules: 'Other rules',
  same: 'Both say the same.',
  query: 'Query',
  metadata: 'Everything else',
  behaviour: 'On the loaded events',
  exceptions:
    'Both are run with the exceptions and filters of this rule, as they are switched.',
  added: 'added:',
  removed: 'removed:',
} as const
