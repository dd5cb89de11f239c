import { isRecord, placedRecordsOf, textOf, type PlacedRecord } from './record'
import type { ThreatEntry } from './rule'

/** The address of an ATT&CK id, which follows from the id. */
export const attackUrl = (id: string): string =>
  id.startsWith('TA')
    ? `https://attack.mitre.org/tactics/${id}/`
    : `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`

/** Whether a text is an id of ATT&CK: a tactic's, technique's or sub-technique's. */
export const isAttackId = (id: string): boolean =>
  /^(?:TA\d{4}|T\d{4}(?:\.\d{3})?)$/.test(id)

/** The tactics of ATT&CK for enterprises, in the order of an intrusion. */
export const TACTICS: readonly ThreatEntry[] = (
  [
    ['TA0043', 'Reconnaissance'],
    ['TA0042', 'Resource Development'],
    ['TA0001', 'Initial Access'],
    ['TA0002', 'Execution'],
    ['TA0003', 'Persistence'],
    ['TA0004', 'Privilege Escalation'],
    ['TA0005', 'Defense Evasion'],
    ['TA0006', 'Credential Access'],
    ['TA0007', 'Discovery'],
    ['TA0008', 'Lateral Movement'],
    ['TA0009', 'Collection'],
    ['TA0011', 'Command and Control'],
    ['TA0010', 'Exfiltration'],
    ['TA0040', 'Impact'],
  ] as const
).map(([id, name]) => ({ id, name, reference: attackUrl(id) }))

/** An entry as a file has it, whatever else the file has in its place. */
export const entryOf = (value: unknown): ThreatEntry => {
  const record = isRecord(value) ? value : {}
  return {
    id: textOf(record['id']) ?? '',
    name: textOf(record['name']) ?? '',
    reference: textOf(record['reference']) ?? '',
  }
}

/** A list below an entry: its techniques or sub-techniques. */
export const entriesBelow = (
  value: unknown,
  key: 'technique' | 'subtechnique',
): readonly PlacedRecord[] => (isRecord(value) ? placedRecordsOf(value[key]) : [])

/**
 * The entry with another id: the address follows it where it fitted before, and so does
 * the name where `nameOf` knows both ids.
 */
export function withId(
  entry: ThreatEntry,
  typed: string,
  nameOf: (id: string) => string | undefined,
): ThreatEntry {
  const id = typed.trim().replace(/^ta?(?=\d)/, (start) => start.toUpperCase())
  const isOurs = entry.name === '' || entry.name === nameOf(entry.id)
  const fits = entry.reference === '' || entry.reference === attackUrl(entry.id)
  return {
    id,
    name: isOurs ? (nameOf(id) ?? entry.name) : entry.name,
    reference: fits && isAttackId(id) ? attackUrl(id) : entry.reference,
  }
}
