import { isSameValue } from './record'
import { printRuleToml, ruleOf, tomlDocumentOf } from './print-rule-toml'
import type { Assumption, Rule } from './rule'
import { readRules } from './rule-file'
import type { RuleProblem } from './read-rules'
import { readTomlDocument, type TomlDocument } from './toml-document'

/**
 * The TOML a rule is edited in: what it came as, byte for byte, else written anew.
 * `today`, as `2024/10/15`, dates one that has no dates of its own.
 */
export function editableToml(rule: Rule, today?: string): TomlDocument {
  const own = tomlDocumentOf(rule)
  if (own && ruleOf(own)) return own
  const written = readTomlDocument(printRuleToml(rule, today))
  // What was printed can be read.
  if ('problem' in written) throw new Error(written.problem.message)
  return written.document
}

/**
 * The rule that an edited text says. What no TOML of a rule holds stays as it was opened:
 * its lists of exceptions, connectors, past and remarks; and what was assumed stays
 * assumed until it is changed.
 */
export function readEditedRule(
  text: string,
  opened: Rule,
):
  | { readonly document: TomlDocument; readonly rule: Rule }
  | { readonly problem: RuleProblem } {
  const read = readTomlDocument(text)
  if ('problem' in read) return read
  const { rules, problems } = readRules(text)
  const [rule] = rules
  if (!rule) return { problem: problems[0] ?? { message: '' } }
  const { id, exceptions, connectors, provenance, history, remarks } = opened
  const kept = { id, exceptions, connectors, provenance, history, remarks }
  const assumed = keepAssumed(rule, opened)
  return { document: read.document, rule: { ...rule, ...kept, assumed } }
}

/** A document had to be given values that were only assumed; so they are still. */
function keepAssumed(rule: Rule, opened: Rule): readonly Assumption[] {
  const kept = opened.assumed.filter(({ field, value }) => {
    const isSaid = rule[field] !== undefined
    return isSaid && isSameValue(rule[field], value)
  })
  const fields = new Set(kept.map(({ field }) => field))
  return [...kept, ...rule.assumed.filter(({ field }) => !fields.has(field))]
}
