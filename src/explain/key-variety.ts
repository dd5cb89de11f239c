import type { CompiledStep } from '../engine/plan'
import { findCollisions } from './key-collisions'
import type { BoundText, KeyVariety } from './repair'

/** So few join keys over all events tell next to nothing apart. */
const FEW = 2

/** How well the join keys of a rule hold apart what is not one thing. Yields as runs do. */
export function* measureVariety({
  rule,
  context,
}: BoundText): Generator<void, KeyVariety | undefined> {
  if (rule.kind === 'events') return undefined
  const steps = [...new Set<CompiledStep>(rule.steps)].filter(({ missing }) => !missing)
  const { keyCount: count, collisions } = yield* findCollisions(steps, context)
  const [worst] = collisions.toSorted((a, b) => b.keys - a.keys)
  const torn = worst?.keys ?? 0
  const isLoose = count <= FEW || torn * 2 > count
  return { count, torn, ...(worst && torn > 0 && { field: worst.field }), isLoose }
}
