import { LeafCache } from '../engine/leaf-cache'
import type { Match } from '../engine/result'
import { runRule } from '../engine/run'
import { EvaluationFailure } from '../engine/failure'
import { TableWith } from '../events/table-with'
import { extendedCategories } from '../ingest/ecs/sysmon'
import { fieldsIn, keyNamesOf, stepsOf } from '../language/walk'
import type { FaithfulColumns } from './faithful-columns'
import { type LoadedEvents, prepareRule } from './prepare-rule'
import type { PreparedRule, RuleFields } from './prepare-rule'

type BoundRule = Extract<PreparedRule, { ok: true }>

/** Events that may be of extended mode. */
export interface MappedEvents extends LoadedEvents {
  /** The columns that faithful mode gives other values, if some events are of extended. */
  faithfulColumns?(): Generator<void, FaithfulColumns | undefined>
}

const noLimits = {
  size: Infinity,
  resultPosition: 'tail',
  maxSamplesPerKey: 1,
} as const

/**
 * The places of matches that there would not be if all events had been read in faithful
 * mode: those that a run over such events does not find. None is looked for where the
 * rule reads nothing that extended mode gives.
 */
export function* findExtendedOnly(
  request: RuleFields & { readonly query: string },
  events: MappedEvents,
  { query, context }: BoundRule,
  matches: Iterable<Match>,
): Generator<void, ReadonlySet<number>> {
  const columns = yield* readFaithful(events)
  if (!columns || !mayDiffer({ query, context }, columns)) return NONE
  const found = [...matches]
  if (found.length === 0) return NONE
  const table = new TableWith(context.table, columns)
  const { schema } = context
  const leaves = new LeafCache()
  leaves.fit(table, schema)
  const prepared = prepareRule(request.query, request, {
    ...events,
    table,
    schema,
    leaves,
  })
  if (!prepared.ok) return NONE
  try {
    const { matches: faithful } = yield* runRule(prepared.rule, noLimits)
    const known = new Set([...faithful].map(keyOf))
    return new Set(found.flatMap((match, at) => (known.has(keyOf(match)) ? [] : [at])))
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    return new Set(found.keys())
  }
}

/** The columns of faithful mode, of events that may be of extended. */
export function* readFaithful(
  events: MappedEvents,
): Generator<void, FaithfulColumns | undefined> {
  return events.faithfulColumns && (yield* events.faithfulColumns())
}

const NONE: ReadonlySet<number> = new Set()

const keyOf = ({ rows }: Match): string => rows.join(',')

/** Whether the rule reads anything that only extended mode gives. */
function mayDiffer(
  { query, context }: Pick<BoundRule, 'query' | 'context'>,
  columns: FaithfulColumns,
): boolean {
  const { schema, categoryField } = context
  const isOther = (name: string): boolean =>
    columns.has(schema.field(name)?.column ?? name)
  return stepsOf(query).some((step, at) => {
    const { category, condition } = step.query
    const isExtended = !category.any && extendedCategories.has(category.name)
    const names = [
      ...fieldsIn(condition).map(({ name }) => name),
      ...keyNamesOf(query, at),
    ]
    return (isExtended && isOther(categoryField)) || names.some(isOther)
  })
}
