import type { FieldChange, RuleDifference } from '../../rules/rule-difference'
import type { RuleVersion } from '../../rules/rule-history'
import type { DiffLine } from '../../rules/text-diff'
import { FACT_NAMES } from './fact-wording'

/** All sentences of the versions of a rule and of their comparison. */

/** What a version is: `Edited`, `“Before the tuning”`, `As opened, version 4`. */
export function sayVersion(
  { origin, name, version, release, read }: RuleVersion,
  isOpened: boolean,
): string {
  if (origin === 'told')
    return `Version ${version ?? '?'}${release === undefined ? '' : ` (${release})`}`
  const rule = read()
  const inPieces = rule ? '' : VERSIONS.inPieces
  if (name !== undefined) return `“${name}”${inPieces}`
  if (origin === 'imported') {
    const own = rule?.version
    const number = own === undefined ? '' : `, version ${own}`
    return (isOpened ? 'As opened' : 'Opened before') + number
  }
  return (origin === 'saved' ? 'Saved' : 'Edited') + inPieces
}

/** The day and time of a version as the person's clock says it. */
export const sayWhen = (time: number): string =>
  new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' })

/** The same in one line, to choose from. */
export const sayVersionLine = (version: RuleVersion, isOpened: boolean): string =>
  [
    sayVersion(version, isOpened),
    ...(version.time === undefined ? [] : [sayWhen(version.time)]),
  ].join(' · ')

export const sayFieldsChanged = ({ changes }: RuleDifference): string =>
  changes.length === 0
    ? VERSIONS.same
    : `Different: ${changes.map(({ field }) => field).join(', ')}.`

/** What a version changed, in words: `Severity: low → high. Query: 2 lines added.` */
export function sayChanges({ changes, query }: RuleDifference): string {
  if (changes.length === 0) return VERSIONS.onlyComments
  const said = changes
    .slice(0, MOST_SAID)
    .map((change) =>
      change.field === 'query' ? `Query: ${sayLines(query)}` : sayChange(change),
    )
  const more = changes.length - said.length
  return [...said, ...(more > 0 ? [`${more} more`] : [])].join('. ').concat('.')
}
const MOST_SAID = 5

function sayLines(lines: readonly DiffLine[]): string {
  const count = (kind: DiffLine['kind']) =>
    lines.filter((line) => line.kind === kind).length
  const [added, removed] = [count('added'), count('removed')]
  const changed = Math.min(added, removed)
  const parts = [
    [changed, 'changed'],
    [added - changed, 'added'],
    [removed - changed, 'removed'],
  ] as const
  const said = parts
    .filter(([lines]) => lines > 0)
    .map(([lines, what]) => `${lines} ${lines === 1 ? 'line' : 'lines'} ${what}`)
  return said.length > 0 ? said.join(', ') : 'laid out anew'
}

function sayChange({ field, before, after }: FieldChange): string {
  const name = nameOf(field)
  if (isTexts(before) && isTexts(after)) {
    const said = [
      ...after.filter((each) => !before.includes(each)).map((each) => `+${each}`),
      ...before.filter((each) => !after.includes(each)).map((each) => `−${each}`),
    ].join(', ')
    return said === '' ? `${name}: in another order` : `${name}: ${shorten(said)}`
  }
  if (before === undefined) return `${name} added`
  if (after === undefined) return `${name} removed`
  const [one, other] = [sayShort(before), sayShort(after)]
  return one && other ? `${name}: ${one} → ${other}` : `${name} changed`
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** A value that fits beside another; none of a long one. */
function sayShort(value: unknown): string | undefined {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined
  const text = String(value)
  return text.length <= MOST_SHORT && !text.includes('\n') ? text : undefined
}
const MOST_SHORT = 40

const shorten = (text: string): string =>
  text.length <= 3 * MOST_SHORT ? text : `${text.slice(0, 3 * MOST_SHORT)}…`

const NAMES: Readonly<Record<string, string>> = FACT_NAMES

/** A field as people say it, where it has such a name. */
function nameOf(field: string): string {
  const ours = field.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const words = field.replaceAll('_', ' ')
  return NAMES[ours] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

export const sayRestored = (name: string): string =>
  `“${name}” is as it was in this version. What it was before is a version, too.`

export const sayShowAll = (count: number): string => `Show all ${count} versions`

export const VERSIONS = {
  title: 'Versions',
  list: 'Versions of this rule',
  save: 'Save version',
  how: 'Edits are kept by themselves, when you pause or turn to another rule. Saved and named ones stay for good.',
  inPieces: ', source that cannot be read',
  isNow: 'now',
  compare: 'Compare',
  restore: 'Go back to it',
  rename: 'Name…',
  name: 'Name of the version',
  delete: 'Delete',
  deleted: 'The version was deleted.',
  menu: 'More about this version',
  comparison: 'Comparison',
  before: 'Before',
  after: 'After',
  now: 'As it stands now',
  ownVersions: 'This rule',
  otherRules: 'Other rules',
  same: 'Both say the same.',
  onlyComments: 'Only comments and layout.',
  query: 'Query',
  metadata: 'Everything else',
  behaviour: 'On the loaded events',
  exceptions:
    'Each is run with its own exceptions and filters; those switched off in this rule are off.',
  added: 'added:',
  removed: 'removed:',
} as const
