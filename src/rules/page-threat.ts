import { attackUrl } from './attack'
import { readLabel, withoutBullet, type PageLine } from './page-lines'
import type { EarlierVersion, Threat, ThreatEntry } from './rule'
import { FRAMEWORK } from './threat'

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }
type Technique = Mutable<ThreatEntry> & { subtechniques: Mutable<ThreatEntry>[] }
interface Draft {
  readonly framework: string
  readonly tactic: Mutable<ThreatEntry>
  readonly techniques: Technique[]
}

const KINDS = ['tactic', 'technique', 'sub-technique']
const FACTS = ['name', 'id', 'reference url']

/**
 * The ATT&CK mapping of a page: `Tactic:` starts an entry, `Technique:` adds to it,
 * `Sub-technique:` adds to the technique before; then come name, id and address.
 */
export function readPageThreat(lines: readonly PageLine[]): readonly Threat[] {
  const threats: Draft[] = []
  let framework = FRAMEWORK
  let entry: Mutable<ThreatEntry> | undefined
  for (const { text } of lines) {
    const line = withoutBullet(text)
    const named = readLabel(line, ['framework'])
    if (named) framework = /atlas/i.test(named.value) ? 'MITRE ATLAS' : FRAMEWORK
    const kind = readLabel(line, KINDS)
    if (kind) entry = addEntry(threats, kind.label, framework)
    const fact = readLabel(line, FACTS)
    if (fact && entry) setFact(entry, fact.label, fact.value)
  }
  return threats
}

function addEntry(threats: Draft[], kind: string, framework: string) {
  const entry: Technique = { id: '', name: '', reference: '', subtechniques: [] }
  const plain = { id: '', name: '', reference: '' }
  const last = threats.at(-1)
  if (kind === 'tactic') {
    threats.push({ framework, tactic: plain, techniques: [] })
    return plain
  }
  const technique = last?.techniques.at(-1)
  if (kind === 'sub-technique' && technique) {
    technique.subtechniques.push(plain)
    return plain
  }
  last?.techniques.push(entry)
  return entry
}

function setFact(entry: Mutable<ThreatEntry>, label: string, value: string): void {
  if (label === 'name') entry.name = value
  else if (label === 'id') entry.id = value
  else entry.reference = value.replace(/^<|>$/g, '')
}

/** A tactic, technique or sub-technique that is only named, `Scheduled Task (T1053.005)`. */
export function readNamedThreat(lines: readonly string[]): readonly Threat[] {
  const threats: Draft[] = []
  for (const line of lines) {
    const [, name = '', id = ''] =
      /^[\s↳]*(.+?)\s*\((TA\d+|T\d+(?:\.\d+)?)\)/.exec(line) ?? []
    if (id === '') continue
    const kind = id.startsWith('TA')
      ? 'tactic'
      : id.includes('.')
        ? 'sub-technique'
        : 'technique'
    const entry = addEntry(threats, kind, FRAMEWORK)
    Object.assign(entry, { id, name, reference: attackUrl(id) })
  }
  return threats
}

/** The versions an older page tells of, with the query before each change. */
export function readPageHistory(lines: readonly PageLine[]): readonly EarlierVersion[] {
  const versions: (Mutable<EarlierVersion> & { lines: string[] })[] = []
  for (const { text } of lines) {
    const line = withoutBullet(text)
    const [, version, release] =
      /^Version (\d+)(?: \(([\d.]+)(?: release)?\))?/.exec(line) ?? []
    if (version !== undefined) {
      const known = release === undefined ? {} : { release }
      versions.push({ version: Number(version), ...known, change: '', lines: [] })
    } else if (line !== '') versions.at(-1)?.lines.push(line)
  }
  return versions.map(({ lines: told, ...version }) => {
    const [change = '', ...query] = told
    const before = query.join('\n').trim()
    const isQuery = /changed from:?$/i.test(change) && before !== ''
    return { ...version, change, ...(isQuery && { query: before }) }
  })
}
