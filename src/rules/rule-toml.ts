import { parse, TomlError } from 'smol-toml'
import type { ReadRules, RuleProblem } from './read-rules'
import { isRecord, readRuleRecord, type RuleRecord } from './rule-record'
import { wording } from './wording'

/** Reads one rule in the detection-rules TOML schema (rules.md 1.1). */
export function readTomlRule(text: string): ReadRules {
  const parsed = parseToml(text)
  if ('problem' in parsed) return failed(parsed.problem)
  const { rule, exceptions } = parsed.table
  if (!isRecord(rule)) {
    const message = exceptions ? wording.exceptionList() : wording.noRuleTable()
    return failed({ message })
  }
  const read = readRuleRecord(rule, { format: 'toml', text })
  const isMute = read.language === 'eql' && read.query.trim() === ''
  return {
    rules: [read],
    problems: isMute ? [{ message: wording.noQuery(read.name) }] : [],
  }
}

const failed = (problem: RuleProblem): ReadRules => ({ rules: [], problems: [problem] })

/** TOML as plain data, or where and why it is not TOML. */
export function parseToml(
  text: string,
): { readonly table: RuleRecord } | { readonly problem: RuleProblem } {
  try {
    return { table: parse(text, { unsafeKeyBehaviour: 'drop' }) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // Further lines of the library's message draw the place; `line` and `column` say it.
    const [reason = ''] = error.message.split('\n')
    const message = wording.badToml(reason.replace(/^Invalid TOML document: /, ''))
    return { problem: { message, line: error.line, column: error.column } }
  }
}
