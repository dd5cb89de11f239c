import { NO_KEY } from '../engine/key-rows'
import { KeyTable } from '../engine/key-table'
import type { KeyTuple } from '../engine/observer'
import type { CompiledStep } from '../engine/plan'
import { runSample, type SampleRule } from '../engine/sample'
import type { Row } from '../events/row-set'
import { keysAt, lackingKeys, nameOfKey, printKeys, type RoleKeys } from './role-keys'

/** What an event is to the sample of its join key. */
export type SampleDeed =
  | { readonly kind: 'sampled' }
  /** There is a sample, of other events; `by`: that which holds the place of this one. */
  | { readonly kind: 'spare'; readonly by: Row }
  /** These steps, 1-based, have no event of the key. */
  | { readonly kind: 'lacking'; readonly steps: readonly number[] }
  /** Every step has some, but not each an event of its own. */
  | { readonly kind: 'shared' }
  | { readonly kind: 'keyless'; readonly fields: readonly string[] }

export interface SampleRole {
  /** 1-based, as written. */
  readonly step: number
  readonly keys: RoleKeys
  readonly deed: SampleDeed
}

/**
 * What became of one event in the samples of a rule (language.md 6.2), for every step that
 * it satisfies: the samples of its keys are drawn once more. Yields every few thousand rows.
 */
export function* readSampleRoles(
  rule: SampleRule,
  row: Row,
): Generator<void, readonly SampleRole[]> {
  const roles: SampleRole[] = []
  const drawn = new Map<string, Drawn>()
  for (const [at, step] of rule.steps.entries()) {
    if (!(yield* step.condition.prepare()).has(row)) continue
    const tell = (deed: SampleDeed, key: KeyTuple = []): unknown =>
      roles.push({ step: step.writtenStep + 1, keys: printKeys(step, key), deed })
    const keys = keysAt(step, row)
    if (keys.length === 0) tell({ kind: 'keyless', fields: lackingKeys(step, row) })
    for (const key of keys) {
      const name = nameOfKey(key)
      const known = drawn.get(name) ?? (yield* draw(rule, key))
      drawn.set(name, known)
      tell(deedAt(known, at, row), key)
    }
  }
  return roles
}

/** The sample of one key, or what keeps it from being one. */
type Drawn =
  | { readonly rows: readonly Row[] }
  | { readonly rows?: undefined; readonly lacking: readonly number[] }

const ONE = { size: 1, resultPosition: 'head', maxSamplesPerKey: 1 } as const

function* draw(rule: SampleRule, key: KeyTuple): Generator<void, Drawn> {
  const { matches } = yield* runSample(rule, ONE, key)
  for (const { rows } of matches) return { rows }
  const keys = new KeyTable(rule.steps[0]?.keys ?? [], key)
  const lacking: number[] = []
  for (const step of rule.steps)
    if (!(yield* hasEvent(step, keys))) lacking.push(step.writtenStep + 1)
  return { lacking }
}

/** Whether a step has any event of the one key. */
function* hasEvent(
  { condition, keys: fields }: CompiledStep,
  keys: KeyTable,
): Generator<void, boolean> {
  const reader = keys.reader(fields, 'as written')
  for (const piece of condition.rows().pieces()) {
    if (piece.some((row) => reader.one(row) !== NO_KEY)) return true
    yield
  }
  return false
}

const deedAt = (drawn: Drawn, at: number, row: Row): SampleDeed => {
  if (drawn.rows) {
    const by = drawn.rows[at]!
    return by === row ? { kind: 'sampled' } : { kind: 'spare', by }
  }
  const { lacking: steps } = drawn
  return steps.length > 0 ? { kind: 'lacking', steps } : { kind: 'shared' }
}
