import { readLink, printLink, MAX_LINK } from '../../share/link-text'
import { Pseudonyms } from '../../share/pseudonyms'
import {
  printReproduction,
  readReproduction,
  type Reproduction,
} from '../../share/reproduction'
import { engineVersion } from '../../language/known-differences'
import { readRules } from '../../rules/rule-file'
import type { RuleText } from '../../worker/api'
import { placeOf, type Result } from './same-result'
import type { Verdict, WitnessEngine } from './witness-engine'

/** What is to leave, before it is known what it comes to. */
export interface Parcel {
  /** The rule the result is of comes first. */
  readonly rules: readonly { readonly name: string; readonly text: string }[]
  readonly rule: RuleText
  readonly result: Result
  /** The row of each line. */
  readonly rows: readonly number[]
  /** Events as NDJSON lines. */
  readonly lines: readonly string[]
  readonly mapping?: { readonly name: string; readonly text: string } | undefined
  /** What rules beside the first gave. */
  readonly otherCounts?: Reproduction['opensTo']
}

/** What leaves, decoded and run again in an engine of its own before it is offered. */
export interface Sealed {
  readonly reproduction: Reproduction
  /** Behind the `#` of a link; undefined when it is too long for any link. */
  readonly fragment?: string | undefined
  /** The result stands in it as on the page. */
  readonly holds: boolean
  readonly matches: number
  readonly nearMisses: number
}

/** Undefined when the rule does not run on it at all. */
export async function seal(
  parcel: Parcel,
  own: WitnessEngine,
): Promise<Sealed | undefined> {
  const { rules, rule, result, rows, lines, mapping, otherCounts = [] } = parcel
  const verdict = await own.ask(rule, lines)
  if (!verdict) return undefined
  const place = placeOf(result, verdict, rows)
  const counts = countsOf(verdict)
  const reproduction: Reproduction = {
    engine: engineVersion,
    rules: [...rules],
    sources: [{ name: 'events.ndjson', text: lines.join('\n') }],
    ...(mapping && { mapping }),
    view: {
      rule: 0,
      kind: result.kind === 'match' ? 'match' : 'near miss',
      place: Math.max(0, place),
    },
    opensTo: [counts, ...otherCounts],
  }
  const asFile = { reproduction, holds: place >= 0, ...counts }
  const text = printReproduction(reproduction)
  if (text.length > MOST_TEXT) return asFile
  const fragment = await printLink(text)
  if (fragment.length > MAX_LINK) return asFile
  const again = await openAgain(fragment, own)
  const holds =
    again !== undefined &&
    placeOf(result, again, rows) === place &&
    place >= 0 &&
    JSON.stringify(countsOf(again)) === JSON.stringify(counts)
  return { reproduction, fragment, holds, ...counts }
}

/** So many characters do not fit into a link, however well they pack. */
const MOST_TEXT = 4_000_000

/** The verdict of a link's first rule over its events. */
async function openAgain(
  fragment: string,
  own: WitnessEngine,
): Promise<Verdict | undefined> {
  const link = await readLink(fragment)
  const read = link.ok ? readReproduction(link.text) : link
  if (!read.ok) return undefined
  const { rules, sources } = read.reproduction
  const [first] = rules.flatMap(({ name, text }) => readRules(text, name).rules)
  if (!first) return undefined
  const { query, timestampField, tiebreakerField, eventCategoryOverride } = first
  const rule = { query, timestampField, tiebreakerField }
  const lines = sources.map(({ text }) => text)
  return own.ask({ ...rule, eventCategoryField: eventCategoryOverride }, lines)
}

const countsOf = ({ matchCount, nearMissCount }: Verdict) => ({
  matches: matchCount,
  nearMisses: nearMissCount,
})

/** The same events with other names for people, machines and places. */
export function giveOtherNames(
  lines: readonly string[],
  rules: readonly string[],
): readonly string[] {
  const names = new Pseudonyms(rules)
  for (const line of lines) names.learn(line)
  return lines.map((line) => names.replaceIn(line))
}
