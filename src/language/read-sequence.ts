import type { SyntaxNode } from '@lezer/common'
import type { Sequence, Step } from './ast'
import { builderError, describe, serverError } from './problem'
import { readMaxspan } from './read-maxspan'
import { readSteps, readUntil } from './read-steps'
import { findPart, readJoinKeys } from './read-step'
import { note, spanOf, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'

const MAX_SEQUENCE_STEPS = 256

/** Reads a Sequence node, with the rules of language.md 5.1 and 5.5 in the server's order. */
export function readSequence(reading: Reading, node: SyntaxNode): Sequence {
  const keys = findPart(node, 'JoinKeys')
  const options = findPart(node, 'With')
  if (keys && options && options.from < keys.from)
    note(reading, () => ({
      ...describe(keys, 'by-after-with'),
      elastic: builderError(reading.text, node.from, serverText.byAfterWith),
      fixes: [moveKeysFix(reading.text, keys, options)],
    }))
  const by = readJoinKeys(reading, keys)
  const maxspan = options && readMaxspan(reading, findPart(options, 'Maxspan')!)
  const steps = readSteps(reading, node, by)
  if (!options) refuseUnboundedMissing(reading, steps)
  const until = readUntil(reading, node, by, steps)
  refuseStepCount(reading, node, steps)
  return {
    kind: 'sequence',
    ...spanOf(node),
    by,
    ...(maxspan && { maxspan }),
    steps,
    ...(until && { until }),
  }
}

function refuseUnboundedMissing(reading: Reading, steps: readonly Step[]) {
  for (const step of steps)
    if (step.missing)
      note(reading, () => ({
        ...describe(step, 'missing-needs-maxspan'),
        elastic: builderError(reading.text, step.from, serverText.missingNeedsMaxspan),
      }))
}

/** Counts `[…] with runs=3` as three; `until` is no step, though the server counts it. */
function refuseStepCount(reading: Reading, node: SyntaxNode, steps: readonly Step[]) {
  const found = steps.reduce((sum, step) => sum + step.runs, 0)
  const word = { from: node.from, to: node.from + 'sequence'.length }
  if (found < 2)
    note(reading, () => ({
      ...describe(word, 'too-few-steps', 'sequence', found),
      elastic: builderError(
        reading.text,
        node.from,
        serverText.tooFewSteps('sequence', found),
      ),
    }))
  else if (found > MAX_SEQUENCE_STEPS)
    note(reading, () => ({
      ...describe(word, 'too-many-steps', 'sequence', MAX_SEQUENCE_STEPS, found),
      elastic: builderError(reading.text, node.from, serverText.sequenceTooLong(found)),
    }))
  else if (steps.every((step) => step.missing))
    note(reading, () => ({
      ...describe(word, 'no-positive-step'),
      elastic: serverError(
        'illegal_state_exception',
        reading.text,
        node.from,
        serverText.noPositiveStep,
      ),
    }))
}

const moveKeysFix = (text: string, keys: SyntaxNode, options: SyntaxNode) => ({
  label: 'Put by first',
  edits: [
    { from: options.from, to: options.from, insert: `${textOf(text, keys)} ` },
    { from: options.to, to: keys.to, insert: '' },
  ],
})
