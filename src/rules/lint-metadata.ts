import type { Diagnostic } from '../language/diagnostics'
import { parseQuery } from '../language/parse'
import type { Finding } from './lint-finding'
import { lintGuide } from './lint-guide'
import { lintSchedule } from './lint-schedule'
import { lintSettings } from './lint-settings'
import { lintThreat } from './lint-threat'
import { lintWording, type LintSentences } from './lint-wording'
import { ruleOf } from './print-rule-toml'
import type { Rule } from './rule'
import { spanOf, type TomlDocument } from './toml-document'

/**
 * What is doubtful about a rule's metadata (rules.md 5.1, 5.2): schedule against maxspan,
 * severity against risk score, timestamp override, ATT&CK ids and addresses, tags,
 * blocks of the guide, licence, dates. Places are offsets in the document's text.
 */
export function lintMetadata(document: TomlDocument): readonly Diagnostic[] {
  const rule = ruleOf(document)
  if (!rule || rule.endpoint) return []
  const { query } = parseQuery(rule.query)
  const findings = [
    ...lintSchedule(rule, query),
    ...lintSettings(rule, document),
    ...lintGuide(rule),
    ...lintThreat(rule.threat),
    ...lintTags(rule),
    ...lintForm(rule, document),
  ]
  return findings.map((finding) => describeFinding(document, finding))
}

function describeFinding(document: TomlDocument, finding: Finding): Diagnostic {
  const { code, severity, paths, values } = finding
  const places = [...paths, ['rule', 'name'], ['rule']]
  const span = places.map((path) => spanOf(document, path)).find(Boolean)
  const say: (...values: string[]) => LintSentences = lintWording[code]
  const { message, remedy } = say(...values)
  return {
    from: span?.from ?? 0,
    to: span?.to ?? 0,
    severity,
    code,
    message,
    ...(remedy !== undefined && { remedy }),
  }
}

/** Tags as `Category: value`, the first tactic among them (rules.md 4.1, 4.4). */
function lintTags({ tags, threat }: Rule): readonly Finding[] {
  const paths = [['rule', 'tags']]
  const findings: Finding[] = []
  const twice = tags.find((tag, i) => tags.indexOf(tag) !== i)
  if (tags.length === 0)
    findings.push({ code: 'no-tags', severity: 'hint', paths, values: [] })
  if (twice !== undefined) {
    findings.push({ code: 'tag-twice', severity: 'hint', paths, values: [twice] })
  }
  // Old rules have bare words, and are not told to change.
  if (!tags.some((tag) => tag.includes(': '))) return findings
  const first = threat[0]?.tactic.name ?? ''
  if (first !== '' && !tags.includes(`Tactic: ${first}`)) {
    findings.push({ code: 'tactic-not-tagged', severity: 'hint', paths, values: [first] })
  }
  return findings
}

const REQUIRED = ['name', 'description', 'risk_score', 'severity', 'rule_id'] as const

function lintForm(rule: Rule, { table }: TomlDocument): readonly Finding[] {
  const said = Object.keys(table['rule'] ?? {})
  const missing = REQUIRED.filter((key) => !said.includes(key))
  const findings = missing.map((key): Finding => {
    return { code: 'missing-key', severity: 'warning', paths: [], values: [key] }
  })
  if (rule.license === undefined) {
    findings.push({ code: 'no-licence', severity: 'hint', paths: [], values: [] })
  }
  const { creationDate = '', updatedDate = '' } = rule.metadata ?? {}
  const { metadata } = rule
  if (metadata?.minStackVersion !== undefined && !metadata.minStackComments) {
    const paths = [['metadata', 'min_stack_version']]
    findings.push({ code: 'no-stack-comment', severity: 'hint', paths, values: [] })
  }
  for (const [key, date] of [
    ['creation_date', creationDate],
    ['updated_date', updatedDate],
  ] as const) {
    if (date === '' || /^\d{4}\/\d{2}\/\d{2}$/.test(date)) continue
    const paths = [['metadata', key]]
    findings.push({ code: 'odd-date', severity: 'hint', paths, values: [date] })
  }
  if (creationDate !== '' && updatedDate !== '' && updatedDate < creationDate) {
    const paths = [['metadata', 'updated_date']]
    findings.push({ code: 'updated-before-made', severity: 'hint', paths, values: [] })
  }
  return findings
}
