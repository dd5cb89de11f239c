import { MAX_LINK, printLink, readLink } from '../../share/link-text'
import {
  printReproduction,
  readReproduction,
  type Reproduction,
} from '../../share/reproduction'
import { questionOf } from './open-shared'
import { placeOf, type Result } from './same-result'
import { tellResults, type Told } from './told-results'
import type { Verdict, WitnessEngine } from './witness-engine'

/** What is to leave, before it is known what it comes to. */
export interface Parcel {
  /** The rule the result is of comes first. */
  readonly reproduction: Omit<Reproduction, 'view' | 'opensTo'>
  readonly result: Result
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
  /** What it comes to, told of nothing but what leaves. */
  readonly told: Told
}

/** Undefined when the rule does not run on it at all. */
export async function seal(
  parcel: Parcel,
  own: WitnessEngine,
): Promise<Sealed | undefined> {
  const { result, rows, otherCounts = [] } = parcel
  const question = questionOf(parcel.reproduction)
  if (!question) return undefined
  const seen = await own.study(question, async (verdict, explain) => {
    const place = placeOf(result, verdict, rows)
    const chosen = { kind: result.kind, place }
    const told = await tellResults(question.rule.query, verdict, chosen, explain)
    return { place, told, counts: countsOf(verdict) }
  })
  if (!seen) return undefined
  const { place, told, counts } = seen
  const reproduction: Reproduction = {
    ...parcel.reproduction,
    view: {
      rule: 0,
      kind: result.kind === 'match' ? 'match' : 'near miss',
      place: Math.max(0, place),
      ...(parcel.step !== undefined && { step: parcel.step }),
    },
    opensTo: [counts, ...otherCounts],
  }
  const asFile = { reproduction, holds: place >= 0, ...counts, told }
  const fragment = await printFragment(reproduction)
  if (fragment === undefined) return asFile
  const again = await openAgain(fragment, own)
  const holds =
    again !== undefined &&
    placeOf(result, again, rows) === place &&
    place >= 0 &&
    JSON.stringify(countsOf(again)) === JSON.stringify(counts)
  return { ...asFile, fragment, holds }
}

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
