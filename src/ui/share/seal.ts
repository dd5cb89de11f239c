import { MAX_LINK, printLink, readLink } from '../../share/link-text'
import {
  printReproduction,
  readReproduction,
  type Reproduction,
} from '../../share/reproduction'
import { questionOf } from './open-shared'
import { placeOf, type Result } from './same-result'
import { tellResults, type Told } from './told-results'
import type { Question, Verdict, WitnessEngine } from './witness-engine'

/** What is to leave, before it is known what it comes to. */
export interface Parcel {
  /** The rule the result is of comes first. */
  readonly reproduction: Omit<Reproduction, 'view' | 'opensTo'>
  /** What is passed on; undefined: whatever comes of the rule. */
  readonly result: Result | undefined
  /** The step that is looked at, if one is; 1-based. */
  readonly step?: number | undefined
  /** The row of each line of the sources. */
  readonly rows: readonly number[]
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
  /** What it comes to, told of nothing but what leaves; undefined: the rule does not run. */
  readonly told?: Told | undefined
}

/**
 * What a parcel comes to. Undefined when the rule does not run on it at all, but for a
 * parcel that leaves as a file: that has no link, and may hold a rule that does not run.
 */
export async function seal(
  parcel: Parcel,
  own: WitnessEngine,
  isFile = false,
): Promise<Sealed | undefined> {
  const question = questionOf(parcel.reproduction)
  const seen = question && (await study(parcel, question, own))
  if (!seen && !isFile) return undefined
  const { place = -1, told, counts = NOTHING } = seen ?? {}
  const { result, rows } = parcel
  const reproduction = addView(parcel, place, counts)
  const isThere = (at: number): boolean => !result || at >= 0
  const asFile = {
    ...{ reproduction, told },
    holds: seen !== undefined && isThere(place),
    ...counts,
  }
  const fragment = isFile ? undefined : await printFragment(reproduction)
  if (fragment === undefined) return asFile
  const again = await openAgain(fragment, own)
  const holds =
    again !== undefined &&
    placeIn(again, result, rows) === place &&
    isThere(place) &&
    JSON.stringify(countsOf(again)) === JSON.stringify(counts)
  return { ...asFile, fragment, holds }
}

const NOTHING = { matches: 0, nearMisses: 0 }

const study = (
  { result, rows }: Parcel,
  question: Question,
  own: WitnessEngine,
): Promise<
  | { readonly place: number; readonly told: Told; readonly counts: typeof NOTHING }
  | undefined
> =>
  own.study(question, async (verdict, explain) => {
    const place = placeIn(verdict, result, rows)
    const chosen = { kind: result?.kind ?? 'match', place }
    const told = await tellResults(question.rule.query, verdict, chosen, explain)
    return { place, told, counts: countsOf(verdict) }
  })

const placeIn = (
  verdict: Verdict,
  result: Result | undefined,
  rows: readonly number[],
): number => (result ? placeOf(result, verdict, rows) : -1)

/** With what is looked at first, and what it comes to. */
const addView = (
  { reproduction, result, step, otherCounts = [] }: Parcel,
  place: number,
  counts: typeof NOTHING,
): Reproduction => ({
  ...reproduction,
  view: {
    rule: 0,
    ...(result && {
      kind: result.kind === 'match' ? 'match' : 'near miss',
      place: Math.max(0, place),
    }),
    ...(step !== undefined && { step }),
  },
  opensTo: [counts, ...otherCounts],
})

/** So many characters do not fit into a link, however well they pack. */
const MOST_TEXT = 4_000_000

async function printFragment(reproduction: Reproduction): Promise<string | undefined> {
  const { rules, sources } = reproduction
  const length = [...rules, ...sources].reduce((sum, { text }) => sum + text.length, 0)
  if (length > MOST_TEXT) return undefined
  const fragment = await printLink(printReproduction(reproduction))
  return fragment.length > MAX_LINK ? undefined : fragment
}

/** The verdict of a link's first rule over its events. */
async function openAgain(
  fragment: string,
  own: WitnessEngine,
): Promise<Verdict | undefined> {
  const link = await readLink(fragment)
  const read = link.ok ? readReproduction(link.text) : link
  const question = read.ok ? questionOf(read.reproduction) : undefined
  return question && own.ask(question)
}

const countsOf = ({ matchCount, nearMissCount }: Verdict) => ({
  matches: matchCount,
  nearMisses: nearMissCount,
})
