import type { CompiledStep } from '../engine/plan'
import type { EvaluationContext } from '../engine/context'
import { columnOfField } from '../events/field-column'
import type { Code, Column } from '../events/column'
import type { Row } from '../events/row-set'
import type { FieldType } from '../events/schema'
import type { KeyField, RuleKeys } from './rule-keys'

/** How keys differ from those written. */
export type KeyChange = 'none' | 'drop' | 'replace' | 'add'

export interface KeyCandidate {
  readonly change: KeyChange
  readonly keys: RuleKeys
}

/** What events are usually joined by. */
const USUAL = [
  ...['process.entity_id', 'host.id', 'host.name', 'user.id', 'user.name'],
  ...['process.pid', 'agent.id', 'source.ip', 'destination.ip'],
]
/** The first bracket by the one field, all others by the other. */
const PAIRS: readonly (readonly [first: string, others: string])[] = [
  ['process.entity_id', 'process.parent.entity_id'],
  ['process.parent.entity_id', 'process.entity_id'],
  ['process.pid', 'process.parent.pid'],
  ['source.ip', 'destination.ip'],
  ['destination.ip', 'source.ip'],
]
/** What narrows a key that repeats from machine to machine. */
const NARROWING = ['host.id', 'host.name', 'user.id']

/**
 * Other keys a rule could have, the likeliest first: each key dropped, each in the place
 * of another, one more beside them.
 */
export function listCandidates(
  written: RuleKeys,
  brackets: number,
  isSample: boolean,
  { names, isCarried }: UsableFields,
): readonly KeyCandidate[] {
  const shared = (name: string): readonly KeyField[] =>
    Array.from({ length: brackets }, () => ({ name, optional: false }))
  const pairs = PAIRS.map(([first, others]) =>
    shared(others).with(0, { name: first, optional: false }),
  ).filter((key) => key.every(({ name }, at) => isCarried(name, at)))
  const isUsual = (name: string): boolean => USUAL.includes(name)
  const all = [
    ...names.filter(isUsual).map(shared),
    ...pairs,
    ...names.filter((name) => !isUsual(name)).map(shared),
  ]
  const narrowing = NARROWING.filter((name) => names.includes(name)).map(shared)
  const listed: readonly KeyCandidate[] = [
    ...written.map((_, at) => drop(written, at)),
    ...all.flatMap((key) => written.map((_, at) => replace(written, at, key))),
    ...(written.length === 0 ? all : narrowing).map((key) => add(written, key)),
  ]
  const told = new Set([nameKeys(written)])
  return listed.filter(({ keys }) => {
    const name = nameKeys(keys)
    if (told.has(name) || (isSample && keys.length === 0) || hasTwice(keys)) return false
    told.add(name)
    return true
  })
}

const drop = (keys: RuleKeys, at: number): KeyCandidate => ({
  change: 'drop',
  keys: keys.toSpliced(at, 1),
})

const replace = (keys: RuleKeys, at: number, key: readonly KeyField[]): KeyCandidate => ({
  change: 'replace',
  keys: keys.with(at, key),
})

const add = (keys: RuleKeys, key: readonly KeyField[]): KeyCandidate => ({
  change: 'add',
  keys: [...keys, key],
})

const nameKeys = (keys: RuleKeys): string =>
  JSON.stringify(keys.map((key) => key.map(({ name }) => name)).sort())

/** No bracket may have a field twice. */
const hasTwice = (keys: RuleKeys): boolean =>
  (keys[0] ?? []).some((_, bracket) => {
    const names = keys.map((key) => key[bracket]!.name)
    return new Set(names).size < names.length
  })

/** So many events of each step tell which fields they carry. */
const LOOKED_AT = 2_000
/** Fields beside the usual ones that are tried. */
const OTHERS = 6

const JOINABLE: readonly FieldType[] = [
  ...(['keyword', 'wildcard', 'ip', 'version'] as const),
  ...(['long', 'integer', 'unsigned_long'] as const),
]

/** The fields that events of every step carry. */
export interface UsableFields {
  readonly names: readonly string[]
  /** Whether events of a step, 0-based as written, carry a field; of the others unknown. */
  readonly isCarried: (name: string, step: number) => boolean
}

/**
 * The fields that events of every step carry: the usual ones, and those in which events
 * of different steps have most contents in common. Yields between fields.
 */
export function* findUsableFields(
  steps: readonly CompiledStep[],
  { table, schema }: EvaluationContext,
): Generator<void, UsableFields> {
  const looked = new Map(steps.map((step) => [step.writtenStep, firstRows(step)]))
  const columnOf = (name: string): Column | undefined => {
    const field = schema.field(name)
    return field && JOINABLE.includes(field.type)
      ? columnOfField(table, schema, name)
      : undefined
  }
  const isCarried = (name: string, step: number): boolean => {
    const column = columnOf(name)
    const rows = looked.get(step)
    return !!column && (!rows || rows.some((row) => column.codeAt(row) !== 0))
  }
  const usual = USUAL.filter((name) =>
    [...looked.keys()].every((at) => isCarried(name, at)),
  )
  const others: { readonly name: string; readonly contents: number }[] = []
  for (const name of table.columnNames()) {
    const column = USUAL.includes(name) ? undefined : columnOf(name)
    const contents = column ? countCommon([...looked.values()], column) : 0
    if (contents > 1) others.push({ name, contents })
    yield
  }
  others.sort((a, b) => b.contents - a.contents)
  return {
    names: [...usual, ...others.slice(0, OTHERS).map(({ name }) => name)],
    isCarried,
  }
}

function firstRows({ condition }: CompiledStep): readonly Row[] {
  const rows: Row[] = []
  for (const piece of condition.rows().pieces()) {
    rows.push(...piece.subarray(0, LOOKED_AT - rows.length))
    if (rows.length === LOOKED_AT) break
  }
  return rows
}

/** Contents that events of all steps have. */
function countCommon(steps: readonly (readonly Row[])[], column: Column): number {
  let common: ReadonlySet<Code> | undefined
  for (const rows of steps) {
    const before = common
    const codes = rows.map((row) => column.codeAt(row))
    common = new Set(codes.filter((code) => code !== 0 && (before?.has(code) ?? true)))
    if (common.size === 0) return 0
  }
  return common?.size ?? 0
}
