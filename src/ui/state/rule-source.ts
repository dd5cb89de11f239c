import { editableToml, readEditedRule } from '../../rules/edited-rule'
import { pathOfField } from '../../rules/field-path'
import { isSameValue } from '../../rules/record'
import type { RuleProblem } from '../../rules/read-rules'
import type { Rule } from '../../rules/rule'
import { withQuery } from '../../rules/rule-record'
import { setValue, valueAt, type TomlDocument } from '../../rules/toml-document'
import type { TomlPath } from '../../rules/toml-nodes'
import type { OpenRule } from './open-rule.svelte'
import type { RunLoop } from './run-loop.svelte'
import { textOf } from './rule-text'

/*
 * One truth, three views:
 *
 *     form ── a field ──┐
 *     source ── text ───┴─► document ─► rule
 *     query editor ─────────► text ─┐
 *     rename ───────────────► name ─┴─► put into the document whenever it is asked for
 *
 * A source that cannot be read is kept as a draft; the rule stays as it was last read.
 */

type Runs = Pick<RunLoop, 'edit' | 'runNow'>

/** The rule's TOML as it stands, its name and query included. */
export function documentOf(rule: OpenRule): TomlDocument {
  const document = rule.document ?? openedToml(rule)
  const named = withChange(document, 'name', rule.rule.name, rule.name)
  return withChange(named, 'query', rule.rule.query, rule.text)
}

// A name that is missing reads as one, and must not be put in while one types.
const withChange = (
  document: TomlDocument,
  key: 'name' | 'query',
  said: string,
  wanted: string,
): TomlDocument =>
  said === wanted ? document : setValue(document, ['rule', key], wanted)

const tomls = new WeakMap<Rule, TomlDocument>()

/** The rule's TOML as it was opened; one without dates has that of the day. */
export function openedToml({ opened, openedAt }: OpenRule): TomlDocument {
  const document = tomls.get(opened) ?? editableToml(opened, printDay(openedAt))
  tomls.set(opened, document)
  return document
}

/** A day as the files of rules write it: `2024/10/15`. */
const printDay = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 10).replaceAll('-', '/')

export const printToday = (): string => printDay(Date.now())

/** The rule as it stands, whole. */
export function ruleAsEdited(rule: OpenRule): Rule {
  if (!rule.document) return { ...withQuery(rule.rule, rule.text), name: rule.name }
  const read = readEditedRule(documentOf(rule).text, rule.opened)
  return 'rule' in read ? read.rule : rule.rule
}

/** Why a draft cannot be read. */
export function problemOfDraft(rule: OpenRule): RuleProblem | undefined {
  if (!rule.draft) return undefined
  const read = readEditedRule(rule.draft.text, rule.opened)
  return 'problem' in read ? read.problem : undefined
}

/** Takes the source as it is typed. */
export function writeSource(loop: Runs, rule: OpenRule, text: string): void {
  const before = rule.draft?.query ?? rule.text
  const read = readEditedRule(text, rule.opened)
  if ('problem' in read) {
    rule.draft = { text, query: before }
    return
  }
  rule.draft = undefined
  // What was typed into the query while the source was in pieces is not lost with it.
  const query = read.rule.query === before ? rule.text : read.rule.query
  take(loop, rule, read.document, read.rule)
  rule.name = read.rule.name
  loop.edit(rule, query)
}

/** Sets a field by its name in the API; undefined takes it away. */
export const writeField = (
  loop: Runs,
  rule: OpenRule,
  key: string,
  value: unknown,
): void => writeValue(loop, rule, pathOf(rule, key), value)

/** Where a field stands in the source. */
export const pathOf = (rule: OpenRule, key: string): TomlPath =>
  pathOfField(key, rule.opened.endpoint !== undefined)

/** Sets what stands at a place of the source; undefined takes it away. */
export function writeValue(
  loop: Runs,
  rule: OpenRule,
  path: TomlPath,
  value: unknown,
): void {
  const old = documentOf(rule)
  if (rule.draft || isSameValue(valueAt(old, path), value)) return
  const read = readEditedRule(setValue(old, path, value).text, rule.opened)
  if ('problem' in read) return
  take(loop, rule, read.document, read.rule)
  rule.name = read.rule.name
}

/** The rule as it was opened, its name and query too. */
export function restoreRule(loop: Runs, rule: OpenRule): void {
  rule.draft = undefined
  rule.document = undefined
  rule.name = rule.opened.name
  rule.rule = rule.opened
  loop.edit(rule, rule.opened.query)
  loop.runNow(rule)
}

/** Time, order, category or language of another field or kind: the answer is of before. */
function take(loop: Runs, rule: OpenRule, document: TomlDocument, read: Rule): void {
  const settings = settingsOf(rule)
  const isAsOpened = isSameDocument(document, read, rule)
  rule.document = isAsOpened ? undefined : document
  rule.rule = isAsOpened ? rule.opened : read
  if (isSameValue(settings, settingsOf(rule))) return
  rule.read = undefined
  loop.runNow(rule)
}

/** But for name and query, which are kept apart. */
function isSameDocument(document: TomlDocument, read: Rule, rule: OpenRule): boolean {
  const { opened } = rule
  const named = withChange(document, 'name', read.name, opened.name)
  const asked = withChange(named, 'query', read.query, opened.query)
  return asked.text === openedToml(rule).text
}

const settingsOf = (rule: OpenRule): readonly unknown[] => [
  textOf(rule),
  rule.rule.language,
  rule.onlyIndices ? rule.rule.index : [],
]
