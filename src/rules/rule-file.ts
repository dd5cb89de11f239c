import { looksLikeEql, readBareEql } from './bare-eql'
import { pageLayoutOf } from './page-layout'
import { readPage } from './page-text'
import { parseJson } from './json-text'
import type { ParserObjection, ReadRules, RuleProblem } from './read-rules'
import { readJsonRules } from './rule-json'
import { slugOf } from './rule-record'
import { parseToml, readTomlRule } from './rule-toml'
import { objectionTo } from './page-query'
import type { PageLayout } from './rule'
import { splitQueries, splitToml, type TextPart } from './split-texts'
import { keysNearTop } from './top-keys'
import { wording } from './wording'

/**
 * Reads the rules of a file, whatever format it has, judged by its content (rules.md
 * 1.0). Rules in other languages than EQL come too, so that they can be listed;
 * `language` says what they are. Nothing is thrown.
 */
export function readRules(text: string, fileName?: string): ReadRules {
  const content = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  return withUniqueIds(readByFormat(content, fileName, text))
}

function readByFormat(
  content: string,
  fileName: string | undefined,
  source: string,
): ReadRules {
  const format = formatOf(content)
  if (isLayout(format)) return readPage(content, format, source)
  switch (format) {
    case 'json':
      return readJsonRules(content, source)
    case 'toml':
      return readParts(splitToml(content), source, (text, own) =>
        readTomlRule(text, { format: 'toml', text: own }),
      )
    case 'eql':
      return readParts(splitQueries(content), source, (text, own) => ({
        rules: [readBareEql(text, fileName, own)],
        problems: [],
      }))
    case 'empty':
      return { rules: [], problems: [{ message: wording.empty() }] }
    case 'other':
      return {
        rules: [],
        problems: [{ message: wording.notARule() }],
        objections: listObjections(content),
      }
  }
}

/** Reads each part of a text; only one that is the whole text keeps it as it came. */
function readParts(
  parts: readonly TextPart[],
  source: string,
  read: (text: string, source: string) => ReadRules,
): ReadRules {
  const answers = parts.map(({ text, line }) => {
    const { rules, problems } = read(text, parts.length === 1 ? source : text)
    return { rules, problems: problems.map((problem) => moveDown(problem, line)) }
  })
  return {
    rules: answers.flatMap(({ rules }) => rules),
    problems: answers.flatMap(({ problems }) => problems),
  }
}

const moveDown = (problem: RuleProblem, lines: number): RuleProblem =>
  problem.line === undefined ? problem : { ...problem, line: problem.line + lines }

/**
 * Whether a file is to be read as rules rather than events, from its first few
 * thousand characters. Decided by structure alone; quick on any text.
 */
export function looksLikeRules(head: string): boolean {
  const content = head
    .slice(0, HEAD)
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
  const format = formatOf(content)
  if (format === 'json') return hasRuleKeys(keysNearTop(content))
  return format !== 'empty' && format !== 'other'
}

/** Characters that are enough to tell rules from events. */
const HEAD = 65_536

type Format = 'json' | 'toml' | 'eql' | 'empty' | 'other' | PageLayout

const isLayout = (format: Format): format is PageLayout =>
  !['json', 'toml', 'eql', 'empty', 'other'].includes(format)

const TOML_HEADER =
  /^[ \t]*\[{1,2}(?:rule|metadata|exceptions|internal)(?:\.[^\n\]]*)?\]{1,2}\s*(?:#.*)?$/m

// A TOML header and a JSON list both begin with a bracket: in JSON an object follows.
function formatOf(content: string): Format {
  const start = content.trimStart()
  if (start === '') return 'empty'
  if (/^(?:\{|\[\s*(?:\{|\]|$))/.test(start)) return 'json'
  // No page begins with a bracket, and most files of rules do.
  if (start.startsWith('[') && TOML_HEADER.test(start)) return 'toml'
  const layout = pageLayoutOf(start)
  if (layout === 'numbered') return layout
  if (TOML_HEADER.test(start)) return 'toml'
  return layout ?? (looksLikeEql(start) ? 'eql' : 'other')
}

/** Why each of the languages a rule can be written in did not take the text. */
function listObjections(content: string): readonly ParserObjection[] {
  const toml = parseToml(content)
  const json = parseJson(content)
  const eql = objectionTo(content, 1)
  return [
    'problem' in toml && { format: 'TOML' as const, ...toml.problem },
    'problem' in json && { format: 'JSON' as const, ...json.problem },
    eql && { format: 'EQL' as const, ...eql },
  ].filter((each) => typeof each === 'object')
}

// Alerts are events that carry their rule's fields: the timestamp tells them apart.
function hasRuleKeys(keys: ReadonlySet<string>): boolean {
  if (keys.has('@timestamp')) return false
  if (keys.has('exported_rules_count')) return true
  const has = (names: readonly string[]) => names.filter((name) => keys.has(name)).length
  const marks = ['rule_id', 'risk_score', 'query', 'severity', 'language', 'type']
  return keys.has('name') && has(['rule_id', 'risk_score', 'query']) > 0 && has(marks) > 1
}

function withUniqueIds({ rules, ...rest }: ReadRules): ReadRules {
  const taken = new Map<string, number>()
  const numbered = rules.map((rule) => {
    const id = rule.id || slugOf(rule.name)
    const times = (taken.get(id) ?? 0) + 1
    taken.set(id, times)
    return times === 1 ? { ...rule, id } : { ...rule, id: `${id}-${times}` }
  })
  return { rules: numbered, ...rest }
}
