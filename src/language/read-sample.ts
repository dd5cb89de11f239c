import type { SyntaxNode } from '@lezer/common'
import type { FieldRef, Sample } from './ast'
import { builderError, describe, serverError } from './problem'
import { readSteps, readUntil, refuseMissing } from './read-steps'
import { findPart, readJoinKeys } from './read-step'
import { note, spanOf, type Reading } from './read-tree'
import { serverText } from './server-text'

const MAX_SAMPLE_STEPS = 5

/** Reads a Sample node, with the rules of language.md 6.1. */
export function readSample(reading: Reading, node: SyntaxNode): Sample {
  const by = readJoinKeys(reading, findPart(node, 'JoinKeys'))
  const steps = readSteps(reading, node, by)
  refuseMissing(reading, steps, 'sample')
  if (by.length + (steps[0]?.by.length ?? 0) === 0)
    note(reading, () => ({
      ...describe(sampleWord(node), 'sample-without-key'),
      elastic: builderError(reading.text, node.from, serverText.sampleWithoutKey),
    }))
  for (const step of steps) refuseRepeatedKeys(reading, [...by, ...step.by])
  refuseSampleCount(reading, node, steps.length)
  return { kind: 'sample', ...spanOf(node), by, steps }
}

/** Reads a Join node only for the problems in it: the server's verifier refuses it anyway. */
export function readJoin(reading: Reading, node: SyntaxNode): Sample {
  const by = readJoinKeys(reading, findPart(node, 'JoinKeys'))
  const steps = readSteps(reading, node, by)
  refuseMissing(reading, steps, 'join')
  readUntil(reading, node, by, steps)
  const word = { from: node.from, to: node.from + 'join'.length }
  note(reading, () => ({
    ...describe(word, 'join-unsupported'),
    elastic: serverError(
      'verification_exception',
      reading.text,
      node.from,
      serverText.join,
    ),
  }))
  return { kind: 'sample', ...spanOf(node), by, steps }
}

const sampleWord = (node: SyntaxNode) => ({
  from: node.from,
  to: node.from + 'sample'.length,
})

function refuseRepeatedKeys(reading: Reading, keys: readonly FieldRef[]) {
  const repeated = keys.filter(
    ({ name }, i) => keys.findIndex((key) => key.name === name) < i,
  )
  const [first] = repeated
  if (!first) return
  const names = [...new Set(repeated.map(({ name }) => name))]
  note(reading, () => ({
    ...describe(first, 'join-key-twice', first.name),
    elastic: builderError(reading.text, first.from, serverText.joinKeyTwice(names)),
  }))
}

function refuseSampleCount(reading: Reading, node: SyntaxNode, found: number) {
  if (found < 2)
    note(reading, () => ({
      ...describe(sampleWord(node), 'too-few-steps', 'sample', found),
      elastic: builderError(
        reading.text,
        node.from,
        serverText.tooFewSteps('sample', found),
      ),
    }))
  if (found > MAX_SAMPLE_STEPS)
    note(reading, () => ({
      ...describe(sampleWord(node), 'too-many-steps', 'sample', MAX_SAMPLE_STEPS, found),
      elastic: builderError(reading.text, node.from, serverText.sampleTooLong(found)),
    }))
}
