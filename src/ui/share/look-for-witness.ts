import { findWitness, type WitnessParts } from '../../share/find-witness'
import type { ShareApi, WitnessContext } from '../../worker/share-api'
import { placeOf, type Result } from './same-result'
import type { Question, WitnessEngine } from './witness-engine'

/** What is looked for, and by whom. */
export interface WitnessQuestion extends Pick<Question, 'rule' | 'mapping'> {
  /** The engine that holds the events. */
  readonly engine: Pick<ShareApi, 'exportEvents'>
  readonly own: WitnessEngine
  readonly result: Result
  readonly around: WitnessContext
}

/**
 * The smallest events and fields that keep a result, asked of an engine of its own. Time
 * and category stay in any case: an event without them says nothing to a reader.
 */
export function lookForWitness({
  engine,
  own,
  rule,
  mapping,
  result,
  around,
}: WitnessQuestion): Promise<WitnessParts | undefined> {
  const always = around.fields.filter((name) => alwaysKept(rule).includes(name))
  const isFree = (name: string): boolean => !always.includes(name)
  return findWitness({
    ...around,
    fields: around.fields.filter(isFree),
    otherFields: around.otherFields.filter(isFree),
    holds: async ({ rows, fields }) => {
      const lines = await engine.exportEvents(rows, [...always, ...fields])
      const verdict = await own.ask({ rule, mapping, lines })
      return verdict !== undefined && placeOf(result, verdict, rows) >= 0
    },
  }).then((found) => found && { ...found, fields: [...always, ...found.fields] })
}

const alwaysKept = ({ timestampField, eventCategoryField }: Question['rule']) => [
  timestampField ?? '@timestamp',
  eventCategoryField ?? 'event.category',
]
