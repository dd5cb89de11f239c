import { isSameRule } from '../../rules/export-record'
import { isSameValue } from '../../rules/record'
import { bundledRules } from '../../rules/library'
import type { Rule } from '../../rules/rule'
import type { OpenRule } from './open-rule.svelte'

/** Finds the rules that are open already among those that are opened; each only once. */
export class KnownRules {
  readonly #byId = new Map<string, OpenRule[]>()
  readonly #byName = new Map<string, OpenRule[]>()
  readonly #taken = new Set<OpenRule>()

  constructor(open: readonly OpenRule[]) {
    for (const rule of open) {
      for (const { ruleId } of new Set([rule.opened, rule.rule]))
        if (ruleId !== undefined) put(this.#byId, ruleId, rule)
      for (const name of new Set([rule.opened.name, rule.name]))
        put(this.#byName, name, rule)
    }
  }

  /**
   * The open rule that another file is of: by its rule id, and where either has none, by
   * its name; a bare query, for which there are few names, has to be alike besides. Of
   * several the one that says the same, or is most alike. An example that nobody has
   * edited, and a rule whose source is in pieces, are left alone.
   */
  take(rule: Rule): OpenRule | undefined {
    const { ruleId, name } = rule
    const byId = ruleId === undefined ? [] : (this.#byId.get(ruleId) ?? [])
    const named = this.#byName.get(name) ?? []
    const byName = named.filter(
      ({ opened }) => ruleId === undefined || opened.ruleId === undefined,
    )
    const known = [...byId, ...byName].filter((open) => !this.#taken.has(open))
    const found =
      known.find((open) => isAsOpened(open, rule)) ??
      mostAlike(known, rule).find((open) => !open.draft && !isExample(open))
    if (found) this.#taken.add(found)
    return found
  }
}

/** All of them, or those whose query has at least half of its words in common. */
function mostAlike(known: readonly OpenRule[], rule: Rule): readonly OpenRule[] {
  if (rule.source.format !== 'eql') return known
  const likenessTo = ({ opened, text }: OpenRule): number =>
    Math.max(...[opened.query, text].map((query) => shareWords(query, rule.query)))
  return known
    .map((open) => ({ open, likeness: likenessTo(open) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((one, other) => other.likeness - one.likeness)
    .map(({ open }) => open)
}

/** How many of the words of two texts are in both: all 1, none 0. */
function shareWords(one: string, other: string): number {
  const words = wordsOf(one)
  const others = wordsOf(other)
  const left = new Map<string, number>()
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of words) {
    const times = left.get(word) ?? 0
    if (times > 0) shared++
    left.set(word, times - 1)
  }
  return (2 * shared) / Math.max(1, words.length + others.length)
}
const wordsOf = (query: string): string[] => query.match(/\w+/g) ?? []

/** Whether a file says what an open rule was opened as, exceptions beside it included. */
export function isAsOpened({ opened }: OpenRule, { source, ...rule }: Rule): boolean {
  if (opened.source.text === source.text) {
    const { exceptions } = rule
    return exceptions.length === 0 || isSameValue(opened.exceptions, exceptions)
  }
  // What differs within one format may be a comment, which is to be kept.
  return opened.source.format !== source.format && isSameRule(opened, { ...rule, source })
}

const isExample = ({ opened, versions, isEdited }: OpenRule): boolean =>
  versions.length === 1 &&
  !isEdited &&
  bundledRules.some(({ tomlText }) => tomlText === opened.source.text)

function put(map: Map<string, OpenRule[]>, key: string, rule: OpenRule): void {
  const list = map.get(key)
  if (list) list.push(rule)
  else map.set(key, [rule])
}
