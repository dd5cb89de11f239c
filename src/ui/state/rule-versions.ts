import { printRuleToml } from '../../rules/print-rule-toml'
import { readRules } from '../../rules/rule-file'
import { saveVersion } from '../../rules/rule-history'
import { withQuery } from '../../rules/rule-record'
import type { Rule } from '../../rules/rule'
import type { StoredVersion } from '../../session/session'
import type { OpenRule } from './open-rule.svelte'

type Versioned = Pick<OpenRule, 'rule' | 'name' | 'text' | 'versions'>

/** The rule as it stands, be it saved as a version or not. */
export const ruleNow = ({ rule, name, text }: Versioned): Rule => ({
  ...withQuery(rule, text),
  name,
})

/** Puts the rule as it stands into its history; not twice the same. */
export function keepVersion(open: Versioned, time: number): void {
  open.versions = saveVersion(open.versions, ruleNow(open), time)
}

/** Whether there is anything to save that the newest version does not say. */
export const isUnsaved = (open: Versioned): boolean =>
  saveVersion(open.versions, ruleNow(open), 0) !== open.versions

/** The saved versions as a session keeps them, the oldest first. */
export const storeVersions = ({ versions }: Versioned): readonly StoredVersion[] =>
  versions
    .flatMap(({ origin, rule, time }) =>
      origin === 'saved' && time !== undefined
        ? [{ time, text: textOfVersion(rule) }]
        : [],
    )
    .toReversed()

/** Puts stored versions back, on top of what the rule came with. */
export function openVersions(open: Versioned, stored: readonly StoredVersion[]): void {
  for (const { time, text } of stored) {
    const [read] = readRules(text).rules
    if (!read) continue
    const { id, exceptions, connectors } = open.rule
    const rule = { ...read, id, exceptions, connectors }
    texts.set(rule, text)
    open.versions = saveVersion(open.versions, rule, time)
  }
}

/** Written once: a session is looked at with every change. */
const texts = new WeakMap<Rule, string>()

function textOfVersion(rule: Rule): string {
  const text = texts.get(rule) ?? printRuleToml(rule)
  texts.set(rule, text)
  return text
}
