import { attackUrl, TACTICS } from './attack'
import type { Finding } from './lint-finding'
import type { Threat, ThreatEntry } from './rule'
import type { TomlPath } from './toml-nodes'

/**
 * ATT&CK entries whose id, address and parent do not fit together (rules.md 4.1). Ids are
 * not looked up: the list grows, and a rule may know more of it than this program.
 */
export function lintThreat(threats: readonly Threat[]): readonly Finding[] {
  return threats.flatMap(({ framework, tactic, techniques }, i) => {
    if (framework !== 'MITRE ATT&CK') return []
    const path = ['rule', 'threat', i]
    return [
      ...lintEntry(tactic, /^TA\d{4}$/, [...path, 'tactic']),
      ...lintTactic(tactic, [...path, 'tactic']),
      ...techniques.flatMap((technique, j) => {
        const at = [...path, 'technique', j]
        return [
          ...lintEntry(technique, /^T\d{4}$/, at),
          ...technique.subtechniques.flatMap((entry, k) => {
            const below = [...at, 'subtechnique', k]
            return [
              ...lintEntry(entry, /^T\d{4}\.\d{3}$/, below),
              ...lintParent(entry, technique, below),
            ]
          }),
        ]
      }),
    ]
  })
}

function lintEntry(entry: ThreatEntry, form: RegExp, path: TomlPath): readonly Finding[] {
  const { id, reference } = entry
  if (!form.test(id)) {
    return [
      {
        code: 'odd-attack-id',
        severity: 'warning',
        paths: [[...path, 'id'], path],
        values: [id],
      },
    ]
  }
  const wanted = attackUrl(id)
  // A last slash that is missing is put there by whoever packs the rule.
  if (reference === wanted || `${reference}/` === wanted) return []
  const paths = [[...path, 'reference'], path]
  return [
    {
      code: 'attack-url-differs',
      severity: 'warning',
      paths,
      values: [id, reference, wanted],
    },
  ]
}

/** Names change with the versions of ATT&CK; that of another tactic is a slip. */
function lintTactic({ id, name }: ThreatEntry, path: TomlPath): readonly Finding[] {
  const other = TACTICS.find((tactic) => tactic.name === name && tactic.id !== id)
  const isKnown = TACTICS.some((tactic) => tactic.id === id)
  if (!other || !isKnown) return []
  const paths = [[...path, 'name'], path]
  const values = [name, other.id, id]
  return [{ code: 'tactic-of-other-name', severity: 'warning', paths, values }]
}

function lintParent(
  entry: ThreatEntry,
  technique: ThreatEntry,
  path: TomlPath,
): readonly Finding[] {
  if (entry.id.startsWith(`${technique.id}.`)) return []
  const paths = [[...path, 'id'], path]
  return [
    {
      code: 'foreign-subtechnique',
      severity: 'warning',
      paths,
      values: [entry.id, technique.id],
    },
  ]
}
