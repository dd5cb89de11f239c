import type { SyntaxNode } from '@lezer/common'
import type { FieldRef, Step } from './ast'
import { builderError, describe } from './problem'
import { findPart, readStep } from './read-step'
import { note, type Reading } from './read-tree'
import { serverText } from './server-text'

/** The steps of a sequence, sample or join: all need the same number of keys. */
export function readSteps(
  reading: Reading,
  node: SyntaxNode,
  by: readonly FieldRef[],
): readonly Step[] {
  const steps: Step[] = []
  for (const child of node.getChildren('Step')) {
    const step = readStep(reading, child)
    steps.push(step)
    refuseKeyCount(reading, by, steps[0]!, step)
  }
  return steps
}

export function readUntil(
  reading: Reading,
  node: SyntaxNode,
  by: readonly FieldRef[],
  steps: readonly Step[],
): Step | undefined {
  const child = findPart(node, 'Until')
  if (!child) return undefined
  const until = readStep(reading, child)
  refuseKeyCount(reading, by, steps[0]!, until)
  if (until.missing) refuseMissing(reading, [until], 'until')
  const { runsSpan } = until
  if (runsSpan)
    note(reading, () => ({
      ...describe(runsSpan, 'runs-on-until'),
      elastic: builderError(reading.text, runsSpan.from, serverText.runsOnUntil),
    }))
  return until
}

function refuseKeyCount(
  reading: Reading,
  by: readonly FieldRef[],
  first: Step,
  step: Step,
) {
  if (step.by.length === first.by.length) return
  const [expected, found] = [first, step].map((one) => by.length + one.by.length)
  const place = step.by[0] ?? step
  note(reading, () => ({
    ...describe(
      step.by.length ? { from: place.from, to: step.by.at(-1)!.to } : step,
      'join-key-count',
      expected!,
      found!,
    ),
    elastic: builderError(
      reading.text,
      step.from,
      serverText.joinKeyCount(expected!, found!),
    ),
  }))
}

export function refuseMissing(reading: Reading, steps: readonly Step[], body: string) {
  for (const step of steps)
    if (step.missing)
      note(reading, () => ({
        ...describe(step, 'missing-outside-sequence', body),
        elastic: builderError(reading.text, step.from, serverText.missingOutsideSequence),
      }))
}
