import type { Rule } from '../../rules/rule'
import { readRules } from '../../rules/rule-file'
import { readContentId } from '../../session/content-id'
import { EMPTY_SESSION, type SessionData, type StoredRule } from '../../session/session'
import type { Reproduction } from '../../share/reproduction'
import type { Selection } from '../result/selection'

/** What came by a link or a bundle, ready to be opened apart from all sessions. */
export interface GuestSession {
  readonly name: string
  /** The address it came by; absent when it came as a file. */
  readonly address?: string | undefined
  readonly note?: string | undefined
  readonly data: SessionData
  /** The sources by their id. */
  readonly blobs: ReadonlyMap<string, Blob>
  /** What is to be looked at first, of the rule that is selected in `data`. */
  readonly chosen?: Selection | undefined
  /** What its rules gave where it was made. */
  readonly expected: readonly {
    readonly ruleId: string
    readonly matches: number
    readonly nearMisses: number
  }[]
}

/** A reproduction, which may come from anybody, as a session. */
export async function makeGuest(reproduction: Reproduction): Promise<GuestSession> {
  const { rules, mapping, view, opensTo, note } = reproduction
  const opened = openRules(rules)
  const sources = await Promise.all(
    reproduction.sources.map(async ({ name, text, readAs }) => {
      const blob = new Blob([text])
      return {
        blob,
        source: { id: await readContentId(blob), name, active: true, readAs },
      }
    }),
  )
  const selectedRule = view && opened.firsts[view.rule]
  return {
    name: reproduction.title ?? opened.title ?? UNNAMED,
    note,
    data: {
      ...EMPTY_SESSION,
      rules: opened.rules,
      sources: sources.map(({ source }) => source),
      mapping: mapping?.text ?? null,
      mappingName: mapping?.name,
      view: { ...EMPTY_SESSION.view, selectedRule },
    },
    blobs: new Map(sources.map(({ source, blob }) => [source.id, blob])),
    chosen: view?.kind && {
      kind: view.kind === 'match' ? 'match' : 'near-miss',
      index: view.place ?? 0,
    },
    expected: opensTo.flatMap((counts, place) => {
      const ruleId = opened.firsts[place]
      return ruleId === undefined ? [] : [{ ruleId, ...counts }]
    }),
  }
}

const UNNAMED = 'Shared'

/** The rules with ids that are told apart, and the id of the first of each text. */
function openRules(texts: Reproduction['rules']): {
  readonly rules: readonly StoredRule[]
  readonly firsts: readonly (string | undefined)[]
  readonly title: string | undefined
} {
  const taken = new Set<string>()
  const store = ({ id: wanted, source }: Rule): StoredRule => {
    let id = wanted
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
    taken.add(id)
    return { id, origin: { format: source.format, text: source.text } }
  }
  const read = texts.map(({ name, text }) => readRules(text, name).rules)
  const stored = read.map((rules) => rules.map(store))
  return {
    rules: stored.flat(),
    firsts: stored.map(([first]) => first?.id),
    title: read.flat()[0]?.name,
  }
}
