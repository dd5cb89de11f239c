import type { EvaluationContext } from '../engine/context'
import { compileJoinKeys } from '../engine/join-key'
import { MANY_KEYS, NO_KEY } from '../engine/key-rows'
import { KeyTable, type KeyId } from '../engine/key-table'
import type { CompiledStep, KeyNumbers } from '../engine/plan'
import type { Row } from '../events/row-set'

/** What join keys hold together that is not one thing. */
export interface KeyCollisions {
  /** Distinct join keys of the events of the steps. */
  readonly keyCount: number
  /** Per field that tells things apart: how many keys come with several values of it. */
  readonly collisions: readonly { readonly field: string; readonly keys: number }[]
  /** Set when a step has more events than are looked at: so many of each were. */
  readonly lookedAt?: number
}

/** What is one and the same machine, process, program. The first that events carry. */
const MACHINES = ['host.id', 'host.name', 'agent.id']
const PROCESSES = ['process.entity_id']
const PROGRAMS = ['process.executable', 'process.name']

/** Events of each step that are looked at. */
const MOST_EVENTS = 200_000
const PAUSE = 4096

/**
 * How many join keys span several machines, or, in steps that read the same fields,
 * several processes or programs: a process id that was used again, a host name that two
 * machines have. Yields every few thousand events.
 */
export function* findCollisions(
  steps: readonly CompiledStep[],
  context: EvaluationContext,
): Generator<void, KeyCollisions> {
  const keys = new KeyTable(steps[0]?.keys ?? [])
  const groups = groupByFields(steps)
  const witnesses = [MACHINES, PROCESSES, PROGRAMS].flatMap((fields) => {
    const witness = chooseWitness(fields, steps, context)
    if (!witness) return []
    return [new Witness(witness.field, witness.numbers, fields === MACHINES)]
  })
  let isPart = false
  for (const [at, step] of steps.entries()) {
    const reader = keys.reader(step.keys, 'as written')
    let looked = 0
    for (const piece of step.condition.rows().pieces()) {
      if (looked >= MOST_EVENTS) {
        isPart = true
        break
      }
      for (const row of piece) {
        const key = reader.one(row)
        if (key === NO_KEY) continue
        const all = key === MANY_KEYS ? reader.all(row) : [key]
        for (const witness of witnesses) witness.see(all, row, groups[at]!)
      }
      looked += piece.length
      if (looked % PAUSE < piece.length) yield
    }
  }
  return {
    keyCount: keys.size,
    collisions: witnesses.map(({ field, torn }) => ({ field, keys: torn.size })),
    ...(isPart && { lookedAt: MOST_EVENTS }),
  }
}

/** Steps that read the same fields have one number. */
function groupByFields(steps: readonly CompiledStep[]): readonly number[] {
  const names = steps.map(({ keys }) => keys.map(({ name }) => name).join(' '))
  return names.map((name) => names.indexOf(name))
}

/** The first of the fields that some event of the steps carries, unless it is a key. */
function chooseWitness(
  fields: readonly string[],
  steps: readonly CompiledStep[],
  context: EvaluationContext,
): { readonly field: string; readonly numbers: KeyNumbers } | undefined {
  if (steps.some(({ keys }) => keys.some(({ name }) => fields.includes(name))))
    return undefined
  for (const field of fields) {
    const by = [{ kind: 'field', name: field, optional: true, from: 0, to: 0 }] as const
    const numbers = compileJoinKeys(by, context, 'iso')[0]!.numbers
    if (steps.some((step) => isCarried(step, numbers))) return { field, numbers }
  }
  return undefined
}

const isCarried = ({ condition }: CompiledStep, numbers: KeyNumbers): boolean => {
  const [piece] = condition.rows().pieces()
  return piece?.some((row) => numbers.at(row) !== 0) ?? false
}

/** Hears which key comes with which value, and keeps those that come with several. */
class Witness {
  readonly torn = new Set<KeyId>()
  /** By group of steps: the first value of each key. */
  private readonly seen: Map<KeyId, number>[] = []

  constructor(
    readonly field: string,
    private readonly numbers: KeyNumbers,
    private readonly spansSteps: boolean,
  ) {}

  see(keys: readonly KeyId[], row: Row, group: number): void {
    const value = this.numbers.at(row)
    if (value <= 0) return
    const seen = (this.seen[this.spansSteps ? 0 : group] ??= new Map<KeyId, number>())
    for (const key of keys) {
      const known = seen.get(key)
      if (known === undefined) seen.set(key, value)
      else if (known !== value) this.torn.add(key)
    }
  }
}
