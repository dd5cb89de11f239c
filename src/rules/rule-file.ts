import { looksLikeEql, readBareEql } from './bare-eql'
import type { ReadRules } from './read-rules'
import { readJsonRules } from './rule-json'
import { slugOf } from './rule-record'
import { readTomlRule } from './rule-toml'
import { keysNearTop } from './top-keys'
import { wording } from './wording'

/**
 * Reads the rules of a file, whatever format it has, judged by its content
 * (rules.md 1.0, rows 1, 2, 4 and 8). Rules in other languages than EQL come too,
 * so that they can be listed; `language` says what they are. Nothing is thrown.
 */
export function readRules(text: string, fileName?: string): ReadRules {
  const content = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  return withUniqueIds(readByFormat(content, fileName))
}

function readByFormat(content: string, fileName: string | undefined): ReadRules {
  switch (formatOf(content)) {
    case 'json':
      return readJsonRules(content)
    case 'toml':
      return readTomlRule(content)
    case 'eql':
      return { rules: [readBareEql(content, fileName)], problems: [] }
    case 'empty':
      return { rules: [], problems: [{ message: wording.empty() }] }
    case 'other':
      return { rules: [], problems: [{ message: wording.notARule() }] }
  }
}

/**
 * Whether a file is to be read as rules rather than events, from its first few
 * thousand characters. Decided by structure alone; quick on any text.
 */
export function looksLikeRules(head: string): boolean {
  const content = head.slice(0, HEAD).replace(/^\uFEFF/, '')
  switch (formatOf(content)) {
    case 'json':
      return hasRuleKeys(keysNearTop(content))
    case 'toml':
    case 'eql':
      return true
    case 'empty':
    case 'other':
      return false
  }
}

/** Characters that are enough to tell rules from events. */
const HEAD = 65_536

type Format = 'json' | 'toml' | 'eql' | 'empty' | 'other'

const TOML_HEADER =
  /^\s*\[{1,2}(?:rule|metadata|exceptions)(?:\.[^\n\]]*)?\]{1,2}\s*(?:#.*)?$/m

// A TOML header and a JSON list both begin with a bracket: in JSON an object follows.
function formatOf(content: string): Format {
  const start = content.trimStart()
  if (start === '') return 'empty'
  if (/^(?:\{|\[\s*(?:\{|\]|$))/.test(start)) return 'json'
  if (TOML_HEADER.test(start)) return 'toml'
  return looksLikeEql(start) ? 'eql' : 'other'
}

// Alerts are events that carry their rule's fields: the timestamp tells them apart.
function hasRuleKeys(keys: ReadonlySet<string>): boolean {
  if (keys.has('@timestamp')) return false
  if (keys.has('exported_rules_count')) return true
  const has = (names: readonly string[]) => names.filter((name) => keys.has(name)).length
  const marks = ['rule_id', 'risk_score', 'query', 'severity', 'language', 'type']
  return keys.has('name') && has(['rule_id', 'risk_score', 'query']) > 0 && has(marks) > 1
}

function withUniqueIds({ rules, problems }: ReadRules): ReadRules {
  const taken = new Map<string, number>()
  const numbered = rules.map((rule) => {
    const id = rule.id || slugOf(rule.name)
    const times = (taken.get(id) ?? 0) + 1
    taken.set(id, times)
    return times === 1 ? { ...rule, id } : { ...rule, id: `${id}-${times}` }
  })
  return { rules: numbered, problems }
}
