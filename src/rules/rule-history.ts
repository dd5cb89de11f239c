import type { Rule, RuleFormat } from './rule'
import { withQuery } from './rule-record'

/**
 * One form a rule had, whole: any can be run, exported, compared and gone back to.
 * Imported: a file that was opened. Told: by a page, of its own past. Edited: kept while
 * one typed. Saved: kept by hand.
 */
export interface RuleVersion {
  /** Unique in the history, and stable. */
  readonly id: string
  readonly origin: 'imported' | 'told' | 'edited' | 'saved'
  /** What a person calls it. */
  readonly name?: string
  /** The number and release of the stack that a page tells it by. */
  readonly version?: number
  readonly release?: string
  /** Epoch ms; absent of one told. */
  readonly time?: number
  /** When the first edit that it stands for was kept, epoch ms. */
  readonly began?: number
  /** The file of one imported, else the rule as TOML; absent of one told. */
  readonly text?: string
  /** Of the file of one imported. */
  readonly format?: RuleFormat
  /** The rule itself, read when it is first asked for; none of a text that is in pieces. */
  readonly read: () => Rule | undefined
}

/** The newest first, those told last; never empty. */
export type RuleHistory = readonly [RuleVersion, ...RuleVersion[]]

/** What is put into a history. */
export type NewVersion = Omit<RuleVersion, 'id' | 'began' | 'version' | 'release'>

/** Edits kept within this time of the first of them are one version, ms. */
const ONE_EDIT = 60_000
/** So many versions that nobody asked for are kept of a rule. */
const MOST_EDITS = 50

/**
 * The history of a rule as it is opened: itself, and the versions its page tells of
 * (rules.md 1.6).
 */
export const startHistory = (rule: Rule, time: number): RuleHistory => [
  importedVersion(rule, time, []),
  ...toldVersions(rule),
]

/** The history with another file of the rule, in place of an older one of the same text. */
export function addImport(history: RuleHistory, rule: Rule, time: number): RuleHistory {
  const others = history.filter(
    ({ origin, text }) => origin !== 'imported' || text !== rule.source.text,
  )
  const known = new Set(
    others.flatMap(({ origin, read }) => (origin === 'told' ? [read()?.query] : [])),
  )
  const told = toldVersions(rule)
    .filter(({ read }) => !known.has(read()?.query))
    .map((each) => ({ ...each, id: freeId(each.id, others) }))
  const imported = importedVersion(rule, time, others)
  return asHistory(inOrder([imported, ...others, ...told]), history)
}

/**
 * The history with an edit in front; the same where a version says that already. Edits in
 * one go are one version, but for texts in pieces, which nothing can stand for; of those
 * nobody asked for the oldest go when there are many.
 */
export function addEdit(
  history: RuleHistory,
  edit: { readonly text: string; readonly read: () => Rule | undefined },
  time: number,
  origin: 'edited' | 'saved',
): RuleHistory {
  const known = history.find(({ text }) => text === edit.text)
  if (known) {
    const isKeptNow = origin === 'saved' && known.origin === 'edited'
    return isKeptNow ? change(history, known.id, { origin }) : history
  }
  const [newest, ...older] = history
  const { began = -Infinity } = newest
  const goesOn =
    [origin, newest.origin].every((each) => each === 'edited') &&
    time - began < ONE_EDIT &&
    isWhole(newest) &&
    isWhole(edit)
  const others = goesOn ? older : history
  const id = makeId(origin, time, others)
  return withoutOld([
    { ...edit, id, origin, time, began: goesOn ? began : time },
    ...others,
  ])
}

/** Whether a version can be run and compared: its text is a rule. */
export const isWhole = ({ read }: Pick<RuleVersion, 'read'>): boolean =>
  read() !== undefined

/** The whole version before another one in time. */
export const wholeBefore = (
  history: RuleHistory,
  version: RuleVersion,
): RuleVersion | undefined => history.slice(history.indexOf(version) + 1).find(isWhole)

/** What is edited from here on is a version of its own, however soon it comes. */
export function endEdit(history: RuleHistory): RuleHistory {
  const [{ began, ...newest }, ...older] = history
  return began === undefined ? history : [newest, ...older]
}

/** Puts a version back to its place by time, behind those of the same. */
export const putBack = (history: RuleHistory, version: RuleVersion): RuleHistory =>
  asHistory(inOrder([...history, version]), history)

/** Puts a version that was kept elsewhere into its place by time. */
export const addKept = (history: RuleHistory, kept: NewVersion): RuleHistory =>
  putBack(history, { ...kept, id: makeId(kept.origin, kept.time ?? 0, history) })

/** Gives a version a name, with which it stays; without one, takes it away. */
export function nameVersion(history: RuleHistory, id: string, name: string): RuleHistory {
  const named = name.trim()
  const version = history.find((each) => each.id === id)
  if (!version) return history
  const { name: _, ...unnamed } = version
  const origin = version.origin === 'edited' ? 'saved' : version.origin
  return replace(history, id, { ...unnamed, origin, ...(named && { name: named }) })
}

/** The history with what came to a version since, such as exceptions from their own file. */
export const withRule = (history: RuleHistory, id: string, rule: Rule): RuleHistory =>
  change(history, id, { read: () => rule })

/** The history without a version; the last of all stays. */
export const dropVersion = (history: RuleHistory, id: string): RuleHistory =>
  asHistory(
    history.filter((each) => each.id !== id),
    history,
  )

const importedVersion = (
  rule: Rule,
  time: number,
  others: readonly RuleVersion[],
): RuleVersion => ({
  id: makeId('imported', time, others),
  origin: 'imported',
  time,
  text: rule.source.text,
  format: rule.source.format,
  read: () => rule,
})

/** A page says what the query was before each change. */
const toldVersions = (rule: Rule): readonly RuleVersion[] =>
  rule.history.flatMap(({ version, query }, i): RuleVersion[] => {
    if (query === undefined) return []
    const older = rule.history[i + 1]
    const number = older?.version ?? version - 1
    const told = { ...withQuery(rule, query), version: number, history: [] }
    return [
      {
        id: `told-${number}`,
        origin: 'told',
        version: number,
        ...(older?.release !== undefined && { release: older.release }),
        read: () => told,
      },
    ]
  })

/** Told ones keep their order, which is that of their page. */
const inOrder = (versions: readonly RuleVersion[]): readonly RuleVersion[] =>
  versions.toSorted(
    (one, other) => (other.time ?? -Infinity) - (one.time ?? -Infinity) || 0,
  )

function withoutOld(history: RuleHistory): RuleHistory {
  const edits = history.filter(({ origin }) => origin === 'edited')
  const old = new Set(edits.slice(MOST_EDITS))
  return asHistory(
    history.filter((each) => !old.has(each)),
    history,
  )
}

const change = (
  history: RuleHistory,
  id: string,
  part: Partial<RuleVersion>,
): RuleHistory => {
  const version = history.find((each) => each.id === id)
  return version ? replace(history, id, { ...version, ...part }) : history
}

const replace = (history: RuleHistory, id: string, by: RuleVersion): RuleHistory =>
  asHistory(
    history.map((each) => (each.id === id ? by : each)),
    history,
  )

const asHistory = (versions: readonly RuleVersion[], old: RuleHistory): RuleHistory => {
  const [first, ...others] = versions
  return first ? [first, ...others] : old
}

const makeId = (
  origin: RuleVersion['origin'],
  time: number,
  others: readonly RuleVersion[],
): string => freeId(`${origin}-${time}`, others)

function freeId(wanted: string, others: readonly RuleVersion[]): string {
  const taken = new Set(others.map(({ id }) => id))
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
  return id
}
