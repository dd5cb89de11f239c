import type { Rule } from '../../rules/rule'
import { readRules } from '../../rules/rule-file'
import { readContentId } from '../../session/content-id'
import { EMPTY_SESSION, type SessionData, type StoredRule } from '../../session/session'
import type { Bundle } from '../../share/bundle'
import type { Reproduction } from '../../share/reproduction'
import type { Selection } from '../result/selection'

/** What came by a link or a bundle, ready to be opened apart from all sessions. */
export interface GuestSession {
  readonly name: string
  /** The address it came by; absent when it came as a file. */
  readonly address?: string | undefined
  readonly note?: string | undefined
  /** Release of the engine that gave what it gave; absent when that is not known any more. */
  readonly engine?: string | undefined
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

/**
 * A reproduction, which may come from anybody, as a session. Sources whose files came
 * along are opened from those.
 */
export async function makeGuest(
  reproduction: Reproduction,
  originals: Bundle['originals'] = [],
): Promise<GuestSession> {
  const { rules, mapping, mapMode, view, opensTo, note } = reproduction
  const opened = openRules(rules)
  const sources = await Promise.all(
    reproduction.sources.map(async ({ name, text, isOff, readAs, keep, original }) => {
      const file = original === undefined ? undefined : originals[original]
      const blob = new Blob([file?.bytes ?? text])
      const id = await readContentId(blob)
      return {
        blob,
        source: { id, name: file?.name ?? name, active: !isOff, keep, readAs },
      }
    }),
  )
  const selectedRule = view && opened.firsts[view.rule]
  return {
    name: reproduction.title ?? opened.title ?? UNNAMED,
    note,
    engine: reproduction.engine,
    data: {
      ...EMPTY_SESSION,
      rules: opened.rules,
      sources: sources.map(({ source }) => source),
      mapping: mapping?.text ?? null,
      mappingName: mapping?.name,
      mapMode,
      view: { ...EMPTY_SESSION.view, selectedRule },
    },
    blobs: new Map(sources.map(({ source, blob }) => [source.id, blob])),
    chosen: view?.kind && {
      kind: view.kind === 'match' ? 'match' : 'near-miss',
      index: view.place ?? 0,
      ...(view.step !== undefined && { step: view.step }),
    },
    expected: opensTo.flatMap((counts, place) => {
      const ruleId = opened.firsts[place]
      return ruleId === undefined ? [] : [{ ruleId, ...counts }]
    }),
  }
}

const UNNAMED = 'Shared'

type Shared = Reproduction['rules'][number]

/** The rules with ids that are told apart, and the id of the first of each text. */
export function openRules(texts: Reproduction['rules']): {
  readonly rules: readonly StoredRule[]
  readonly firsts: readonly (string | undefined)[]
  readonly title: string | undefined
} {
  const taken = new Set<string>()
  const store = (
    { id: wanted, source }: Rule,
    { name: _name, text: _text, ...beside }: Partial<Shared>,
  ): StoredRule => {
    let id = wanted
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
    taken.add(id)
    return { ...beside, id, origin: { format: source.format, text: source.text } }
  }
  const read = texts.map(({ name, text }) => readRules(text, name).rules)
  // What stands beside a text is of its first rule.
  const stored = read.map((rules, at) =>
    rules.map((rule, place) => store(rule, place === 0 ? texts[at]! : {})),
  )
  return {
    rules: stored.flat(),
    firsts: stored.map(([first]) => first?.id),
    title: read.flat()[0]?.name,
  }
}
