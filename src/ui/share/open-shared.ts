import type { Reproduction } from '../../share/reproduction'
import { openRules } from '../state/guest-session'
import { limitsOf, textOf } from '../state/rule-text'
import { openStoredRule } from '../state/stored-rule'
import type { Question } from './witness-engine'

/**
 * What opening a reproduction asks first: its first rule over all of its events, opened
 * as it will be by whoever gets it. Undefined when it holds no rule.
 */
export function questionOf({
  rules,
  sources,
  mapping,
}: Pick<Reproduction, 'rules' | 'sources' | 'mapping'>): Question | undefined {
  const [stored] = openRules(rules.slice(0, 1)).rules
  const open = stored && openStoredRule(stored)
  if (!open) return undefined
  return {
    rule: { ...textOf(open), ...limitsOf(open) },
    lines: sources.map(({ text }) => text),
    mapping: mapping?.text,
  }
}
