import { readEditedRule } from '../../rules/edited-rule'
import type { ExceptionList } from '../../rules/exception-list'
import { addLists, keepExceptions } from '../../rules/kept-exceptions'
import { readRules } from '../../rules/rule-file'
import {
  addEdit,
  addImport,
  addKept,
  endEdit,
  putBack,
  withRule,
  type NewVersion,
  type RuleVersion,
} from '../../rules/rule-history'
import type { Rule } from '../../rules/rule'
import type { StoredVersion } from '../../session/session'
import type { OpenRule, OwnTests } from './open-rule.svelte'
import type { RunLoop } from './run-loop.svelte'
import { documentOf, openedToml, restoreRule, writeSource } from './rule-source'
import { putStanding, type RuleStanding } from './rule-standing'

type Runs = Pick<RunLoop, 'edit' | 'runNow'>

/** The version that the rule was opened as: what it is edited from. */
export const openedVersion = ({ versions, openedAt }: OpenRule): RuleVersion =>
  versions.find(({ origin, time }) => origin === 'imported' && time === openedAt) ??
  versions[0]

/** The version that says what the rule says as it stands, if there is one. */
export function versionNow(open: OpenRule): RuleVersion | undefined {
  const { text } = open.draft ?? documentOf(open)
  if (text === openedToml(open).text) return openedVersion(open)
  return open.versions.find((version) => version.text === text)
}

/**
 * Puts the rule as it stands into its history, as an edit that may go again or for good;
 * and with it a source that cannot be read.
 */
export function keepVersion(
  open: OpenRule,
  time: number,
  origin: 'edited' | 'saved',
): void {
  const { opened, draft } = open
  for (const { text } of [documentOf(open), ...(draft ? [draft] : [])]) {
    if (text === openedToml(open).text) continue
    const edit = { text, read: once(() => readEdit(text, opened)) }
    open.versions = addEdit(open.versions, edit, time, origin)
  }
}

/** The same, as a version that no edit before or after is one with. */
function keepApart(open: OpenRule, time: number): void {
  open.versions = endEdit(open.versions)
  keepVersion(open, time, 'edited')
  open.versions = endEdit(open.versions)
}

/** Leaves a source that cannot be read, for the rule as it was last read. */
export function leaveDraft(open: OpenRule, time: number): void {
  keepVersion(open, time, 'edited')
  open.draft = undefined
}

/**
 * Goes back to a version; what there was becomes one itself. Of a version that a page
 * tells of only the query is known.
 */
export function restoreVersion(
  loop: Runs,
  open: OpenRule,
  version: RuleVersion,
  time: number,
): void {
  keepApart(open, time)
  open.scratch = undefined
  open.draft = undefined
  const rule = version.read()
  if (version.origin === 'imported' && rule) {
    standOn(loop, open, rule, version.time ?? time)
  } else if (version.text === undefined) {
    if (rule) loop.edit(open, rule.query)
    loop.runNow(open)
  } else {
    writeSource(loop, open, version.text)
    loop.runNow(open)
  }
}

/** Undoes going back; what became of the rule since then stays in its history. */
export function undoRestore(
  loop: Pick<Runs, 'runNow'>,
  open: OpenRule,
  before: RuleStanding,
  time: number,
): void {
  keepApart(open, time)
  const known = new Set(before.versions.map(({ id }) => id))
  const since = open.versions.filter(({ id }) => !known.has(id))
  putStanding(open, { ...before, versions: since.reduce(putBack, before.versions) })
  loop.runNow(open)
}

/**
 * Takes another file of the rule; what was edited since the last one becomes a version.
 * Exceptions that did not come along stay.
 */
export function takeFile(
  loop: Runs,
  open: OpenRule,
  file: Rule,
  tests: OwnTests | undefined,
  time: number,
): void {
  const rule = keepExceptions(file, open.opened)
  if (documentOf(open).text !== rule.source.text) keepVersion(open, time, 'edited')
  open.versions = addImport(open.versions, rule, time)
  open.scratch = undefined
  open.tests = tests ?? open.tests
  standOn(loop, open, rule, time)
}

/** Takes exceptions from a file of their own; whatever was edited stays. */
export function takeExceptions(
  loop: Pick<Runs, 'runNow'>,
  open: OpenRule,
  lists: readonly ExceptionList[],
): void {
  const { opened, rule } = open
  const { id } = openedVersion(open)
  open.opened = addLists(opened, lists)
  open.rule = rule === opened ? open.opened : addLists(rule, lists)
  open.versions = withRule(open.versions, id, open.opened)
  loop.runNow(open)
}

/** From here on the rule is what a file says, with nothing edited. */
function standOn(loop: Runs, open: OpenRule, rule: Rule, time: number): void {
  open.opened = rule
  open.openedAt = time
  restoreRule(loop, open)
}

/** The versions as a session keeps them, the oldest first; told ones stand in their page. */
export const storeVersions = (open: OpenRule): readonly StoredVersion[] | undefined => {
  const opened = openedVersion(open)
  const stored = open.versions.flatMap((version): StoredVersion[] => {
    const { origin, time, text, format, name } = version
    if (version === opened || time === undefined || text === undefined) return []
    return [{ time, text, format, byHand: origin === 'edited' ? false : undefined, name }]
  })
  return stored.length > 0 ? stored.toReversed() : undefined
}

/** Puts stored versions back beside what the rule was opened as. */
export function openVersions(open: OpenRule, stored: readonly StoredVersion[]): void {
  for (const version of stored.toReversed()) {
    const { time, text, format } = version
    const { opened } = open
    const read = once(() => (format ? readFile(text, opened) : readEdit(text, opened)))
    const page = format === 'page' ? read() : undefined
    // A page tells of versions of its own.
    open.versions = page
      ? addImport(open.versions, page, time)
      : addKept(open.versions, { ...keptAs(version), time, text, read })
  }
}

const keptAs = ({
  format,
  byHand,
  name,
}: StoredVersion): Pick<NewVersion, 'origin' | 'format' | 'name'> => ({
  origin: format ? 'imported' : byHand === false ? 'edited' : 'saved',
  ...(format && { format }),
  ...(name !== undefined && { name }),
})

function readEdit(text: string, opened: Rule): Rule | undefined {
  const read = readEditedRule(text, opened)
  return 'rule' in read ? read.rule : undefined
}

/** A file of several rules was parted when it was opened. A bare query may have no name. */
function readFile(text: string, opened: Rule): Rule {
  const { rules } = readRules(text, `${opened.name}.eql`)
  const own = rules.find(({ ruleId }) => ruleId === opened.ruleId) ?? rules[0]
  return own ? keepExceptions(own, opened) : opened
}

function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: read() }).value
}
