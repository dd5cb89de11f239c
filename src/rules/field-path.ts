import type { TomlPath } from './toml-nodes'

/**
 * Where a field of the API stands in a rule's file; files of the endpoint have some keys
 * elsewhere, or under another name (rules.md 1.4). `metadata.maturity` and
 * `transform.osquery` are of the file itself, beside the rule.
 */
export function pathOfField(key: string, isOfEndpoint: boolean): TomlPath {
  const [table = '', ...below] = key.split('.')
  if (table === 'metadata' || table === 'transform') return [table, ...below]
  if (!isOfEndpoint) return ['rule', key]
  if (key === 'threat') return ['threat']
  return ['rule', { rule_id: 'id', references: 'reference' }[key] ?? key]
}
