import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventQuery } from '../../../src/language/ast'
import { parseQuery } from '../../../src/language/parse'
import { stepsOf } from '../../../src/language/walk'
import { readRules } from '../../../src/rules/rule-file'

/** What one step of a bundled rule asks of an event. */
export interface BundledStep {
  /** As an event query of its own. */
  readonly text: string
  readonly query: EventQuery
}

/** Every step of the rules that come with the playground. */
export function readBundledSteps(): readonly BundledStep[] {
  const folder = join(process.cwd(), 'rules/windows')
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name, 'rule.toml'), 'utf8')
    return readRules(text).rules.flatMap((rule) => stepsOfText(rule.query))
  })
}

function stepsOfText(text: string): readonly BundledStep[] {
  const { query } = parseQuery(text)
  if (!query) throw new Error(`not a query: ${text}`)
  return stepsOf(query).map((step) => ({
    query: step.query,
    text: text.slice(step.query.category.from, step.query.condition.to),
  }))
}
