import type { Finding } from './lint-finding'
import { textOf } from './record'
import type { Rule } from './rule'
import { valueAt, type TomlDocument } from './toml-document'

/** Risk scores that belong to a severity, both ends included. */
const BANDS = {
  low: [0, 21],
  medium: [22, 47],
  high: [48, 73],
  critical: [74, 100],
} as const

/** Kibana makes no more alerts in a run unless it is configured otherwise. */
const MOST_SIGNALS = 1000
/** Fields that alerts can be joined by before stack 9.2. */
const MOST_GROUPS = 3

/** Values that no import takes, or that do not fit one another (rules.md 1.1, 5.1). */
export const lintSettings = (rule: Rule, document: TomlDocument): readonly Finding[] => [
  ...lintSeverity(rule, document),
  ...lintAlerts(rule),
  ...lintSearch(rule),
]

function lintSeverity(
  { severity, riskScore }: Rule,
  document: TomlDocument,
): readonly Finding[] {
  const written = valueAt(document, ['rule', 'severity'])
  const findings: Finding[] = []
  if (written !== undefined && severity === undefined) {
    findings.push(
      at('odd-severity', 'error', 'severity', textOf(written) ?? JSON.stringify(written)),
    )
  }
  if (riskScore === undefined) return findings
  if (!Number.isInteger(riskScore) || riskScore < 0 || riskScore > 100) {
    return [...findings, at('odd-risk-score', 'error', 'risk_score', String(riskScore))]
  }
  if (!severity) return findings
  const [least, most] = BANDS[severity]
  if (riskScore >= least && riskScore <= most) return findings
  const values = [String(riskScore), severity, `${least}–${most}`]
  return [at('risk-outside-band', 'warning', 'risk_score', ...values)]
}

function lintAlerts({ maxSignals, alertSuppression }: Rule): readonly Finding[] {
  const findings: Finding[] = []
  if (maxSignals !== undefined && maxSignals > MOST_SIGNALS) {
    findings.push(at('many-signals', 'warning', 'max_signals', String(maxSignals)))
  }
  const groups = alertSuppression?.groupBy.length
  if (groups !== undefined && groups > MOST_GROUPS) {
    findings.push(at('many-groups', 'warning', 'alert_suppression', String(groups)))
  }
  return findings
}

function lintSearch({ timestampOverride, index, dataViewId }: Rule): readonly Finding[] {
  const findings: Finding[] = []
  if (timestampOverride === '@timestamp') {
    findings.push(at('idle-override', 'hint', 'timestamp_override'))
  }
  if (index.length > 0 && dataViewId !== undefined) {
    findings.push(at('index-and-view', 'warning', 'data_view_id'))
  }
  return findings
}

const at = (
  code: Finding['code'],
  severity: Finding['severity'],
  key: string,
  ...values: readonly string[]
): Finding => ({ code, severity, paths: [['rule', key]], values })
