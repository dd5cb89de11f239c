import { isRecord, recordsOf, textOf, type JsonRecord } from './record'
import type { Threat, ThreatEntry } from './rule'

/** Reads a list of ATT&CK mappings (rules.md 1.1); one without a tactic is left out. */
export const readThreats = (value: unknown): readonly Threat[] =>
  recordsOf(value).flatMap(readThreat)

function readThreat(threat: JsonRecord): Threat[] {
  const tactic = threat['tactic']
  if (!isRecord(tactic)) return []
  return [
    {
      framework: textOf(threat['framework']) ?? FRAMEWORK,
      tactic: readEntry(tactic),
      techniques: recordsOf(threat['technique']).map((technique) => ({
        ...readEntry(technique),
        subtechniques: recordsOf(technique['subtechnique']).map(readEntry),
      })),
    },
  ]
}

export const FRAMEWORK = 'MITRE ATT&CK'

const readEntry = (entry: JsonRecord): ThreatEntry => ({
  id: textOf(entry['id']) ?? '',
  name: textOf(entry['name']) ?? '',
  reference: textOf(entry['reference']) ?? '',
})

export const writeThreats = (threats: readonly Threat[]): readonly JsonRecord[] =>
  threats.map(({ framework, tactic, techniques }) => ({
    framework,
    tactic: { ...tactic },
    ...(techniques.length > 0 && {
      technique: techniques.map(({ subtechniques, ...technique }) => ({
        ...technique,
        ...(subtechniques.length > 0 && {
          subtechnique: subtechniques.map((entry) => ({ ...entry })),
        }),
      })),
    }),
  }))
