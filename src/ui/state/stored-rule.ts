import { stringify } from 'smol-toml'
import type { Rule } from '../../rules/rule'
import { readEditedRule } from '../../rules/edited-rule'
import { readExceptionFile } from '../../rules/exception-file'
import { isSameValue } from '../../rules/record'
import { readRules } from '../../rules/rule-file'
import { printExceptions } from '../../rules/rule-folder'
import type { StoredRule } from '../../session/session'
import { OpenRule } from './open-rule.svelte'
import { openVersions, storeVersions } from './rule-versions'
import { textBefore } from './scratch-version'

/** An open rule as the session keeps it: the file it came from and what was changed. */
export const storeRule = (open: OpenRule): StoredRule => ({
  id: open.id,
  filtersOff: open.filtersOff.length > 0 ? open.filtersOff : undefined,
  tests: open.tests,
  versions: storeVersions(open),
  opened: open.openedAt,
  origin: originOf(open.opened),
  edited: textToKeep(open) === open.opened.query ? undefined : textToKeep(open),
  metadata:
    open.name === open.opened.name ? undefined : printName(open.opened, open.name),
  document: open.document?.text,
  draft: open.draft,
  exceptions: exceptionsApart(open.opened),
  onlyIndices: open.onlyIndices || undefined,
})

/** Undefined when the stored file holds no rule, which only another version could cause. */
export function openStoredRule(stored: StoredRule): OpenRule | undefined {
  const name = readName(stored.metadata)
  const { name: called = name, ...origin } = stored.origin
  const { rules } = readRules(origin.text, called && fileNamed(called))
  const rule = rules.find(({ id }) => id === stored.id) ?? rules[0]
  if (!rule) return undefined
  const open = new OpenRule(
    {
      ...rule,
      source: { ...rule.source, ...origin },
      ...(stored.exceptions && {
        exceptions: readExceptionFile(stored.exceptions).lists,
      }),
    },
    stored.id,
    stored.opened,
  )
  open.text = stored.edited ?? rule.query
  const edited = stored.document && readEditedRule(stored.document, open.opened)
  if (edited && 'rule' in edited) {
    open.document = edited.document
    open.rule = edited.rule
  }
  open.draft = stored.draft
  open.filtersOff = stored.filtersOff ?? []
  open.onlyIndices = stored.onlyIndices ?? false
  open.tests = stored.tests
  openVersions(open, stored.versions ?? [])
  open.name = name ?? rule.name
  return open
}

const fileNamed = (name: string): string => `${name.replaceAll(/[/\\]/g, ' ')}.eql`

/** A repair that is only tried out is not kept; what was typed since is. */
const textToKeep = ({ scratch, text }: OpenRule): string =>
  scratch?.tried === text ? textBefore(scratch) : text

const originOf = ({ name, source: { format, text } }: Rule): StoredRule['origin'] => ({
  ...{ format, text },
  ...(format === 'eql' && { name }),
})

/** Exceptions that lay in a file of their own, as text; none where the origin has them. */
function exceptionsApart(rule: Rule): string | undefined {
  if (rule.exceptions.length === 0) return undefined
  if (!exceptions.has(rule)) {
    const { rules } = readRules(rule.source.text)
    const own = rules.find(({ id }) => id === rule.id) ?? rules[0]
    const isOwn = own && isSameValue(own.exceptions, rule.exceptions)
    exceptions.set(rule, isOwn ? undefined : printExceptions(rule))
  }
  return exceptions.get(rule)
}

/** Read once: a session is looked at with every change, and may hold a thousand rules. */
const exceptions = new WeakMap<Rule, string | undefined>()

// A new name is kept as the smallest file of the rule's own format that says it.
function printName(rule: Rule, name: string): string {
  switch (rule.source.format) {
    case 'toml':
    case 'endpoint':
    case 'page':
      return stringify({ rule: { name, query: 'any where true' } })
    case 'json':
    case 'ndjson':
      return JSON.stringify({
        name,
        query: 'any where true',
        risk_score: 0,
        severity: 'low',
      })
    case 'eql':
      return `// title: ${name.replaceAll('\n', ' ')}\nany where true`
  }
}

const readName = (metadata: string | undefined): string | undefined =>
  metadata === undefined ? undefined : readRules(metadata).rules[0]?.name
