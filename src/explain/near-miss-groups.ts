import type { EvaluationContext } from '../engine/context'
import type { Column } from '../events/column'
import { columnOfField } from '../events/field-column'
import type { Query, Span } from '../language/ast'
import { findNode } from '../language/node-at'
import { fieldsIn, stepsOf } from '../language/walk'
import type { NearMiss } from './explanation'
import type { Fault } from './finding'
import { sayGroup } from './near-miss-group-wording'

/** Near misses that fail at the same step for the same reason. */
export interface NearMissGroup {
  /** Their places in the list, nearest first. */
  readonly members: readonly number[]
  /** One sentence for all of them; empty for a group of one. */
  readonly sentence: string
}

const PAUSE = 64

/**
 * Puts together what shares step, cause and reason: the same clause and value, the same
 * key field, about as much over maxspan. In the order of their nearest members. Of events
 * that fail one term with the same contents one is told for all. Yields every few dozen
 * near misses.
 */
export function* groupNearMisses(
  query: Query,
  list: readonly NearMiss[],
  loaded: Loaded,
): Generator<void, readonly NearMissGroup[]> {
  const groups = new Map<string, number[]>()
  const contentsOf = contentsReader(query, loaded)
  const known = new Map<string, string>()
  for (const [place, miss] of list.entries()) {
    if (place % PAUSE === PAUSE - 1) yield
    const contents = contentsOf(miss)
    const alike = contents === undefined ? undefined : known.get(contents)
    const reason = alike ?? tellReason(miss)
    if (contents !== undefined) known.set(contents, reason)
    const members = groups.get(reason)
    if (members) members.push(place)
    else groups.set(reason, [place])
  }
  return [...groups.values()].map((members) => ({
    members,
    sentence:
      members.length > 1
        ? sayGroup(
            query,
            members.map((place) => list[place]!),
          )
        : '',
  }))
}

const tellReason = ({ step, cause, span, fault }: NearMiss): string =>
  `${step} ${cause} ${span.from} ${reasonOf(fault)}`

type Loaded = Pick<EvaluationContext, 'table' | 'schema' | 'categoryField'>

/** The term that an event fails, and the codes of all that the term asks for. */
function contentsReader(
  query: Query,
  { table, schema, categoryField }: Loaded,
): (miss: NearMiss) => string | undefined {
  const condition = stepsOf(query)[0]?.query.condition
  const columns = new Map<number, readonly (Column | undefined)[]>()
  const columnsOf = (term: Span): readonly (Column | undefined)[] => {
    const clause = condition && findNode(condition, term)
    // A term that is no clause is the category.
    const fields = clause ? fieldsIn(clause).map(({ name }) => name) : [categoryField]
    return [...new Set(fields)].map((name) => columnOfField(table, schema, name))
  }
  return ({ failed, culprit }) => {
    if (!failed) return undefined
    const asked = columns.get(failed.from) ?? columnsOf(failed)
    columns.set(failed.from, asked)
    return `${failed.from} ${asked.map((column) => column?.codeAt(culprit) ?? 0).join()}`
  }
}

/** What besides cause and place has to be the same. */
const reasonOf = (fault: Fault): string => {
  switch (fault.cause) {
    case 'maxspan':
      return overshoot(fault.overMs / fault.limitMs)
    case 'runs':
      return String(fault.have)
    case 'condition':
    case 'null':
    case 'category':
      return fault.values.map(({ field, value }) => `${field} ${value}`).join()
    default:
      return ''
  }
}

/** A little, about as much again, many times over. */
const overshoot = (share: number): string => {
  if (share <= 0.5) return 'little'
  return share <= 2 ? 'again' : 'far'
}
