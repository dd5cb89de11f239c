import type { SyntaxNode } from '@lezer/common'
import type { FieldRef, Maxspan, Sample, Sequence, Step } from './ast'
import { readUnit } from './literals'
import { builderError, describe, insertFix, serverError } from './problem'
import { findPart, readJoinKeys, readStep } from './read-step'
import { note, spanOf, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'

const MAX_SEQUENCE_STEPS = 256
const MAX_SAMPLE_STEPS = 5

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

function readSteps(
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

function readUntil(
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

function refuseUnboundedMissing(reading: Reading, steps: readonly Step[]) {
  for (const step of steps)
    if (step.missing)
      note(reading, () => ({
        ...describe(step, 'missing-needs-maxspan'),
        elastic: builderError(reading.text, step.from, serverText.missingNeedsMaxspan),
      }))
}

function refuseMissing(reading: Reading, steps: readonly Step[], body: string) {
  for (const step of steps)
    if (step.missing)
      note(reading, () => ({
        ...describe(step, 'missing-outside-sequence', body),
        elastic: builderError(reading.text, step.from, serverText.missingOutsideSequence),
      }))
}

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

/** `maxspan=5m`; a problem leaves the sequence without a usable one. */
function readMaxspan(reading: Reading, node: SyntaxNode): Maxspan | undefined {
  const number = findPart(node, 'Number')!
  const unit = findPart(node, 'Unit')
  const amount = textOf(reading.text, number)
  const unitText = unit && textOf(reading.text, unit)
  const problem = findMaxspanProblem(amount, unitText, number, unit)
  if (!problem) {
    const ms = Number(amount) * readUnit(unitText!)!
    return { from: number.from, to: unit!.to, ms, text: `${amount}${unitText}` }
  }
  const { server, ...diagnostic } = problem
  note(reading, () => ({
    ...diagnostic,
    elastic: builderError(reading.text, number.from, server),
  }))
  return undefined
}

function findMaxspanProblem(
  amount: string,
  unitText: string | undefined,
  number: SyntaxNode,
  unit: SyntaxNode | undefined,
) {
  const span = { from: number.from, to: unit?.to ?? number.to }
  if (!/^\d+$/.test(amount))
    return {
      ...describe(number, 'maxspan-fraction', amount),
      server: serverText.maxspanFraction(amount),
    }
  if (!unit || unitText === undefined)
    return {
      ...describe(number, 'maxspan-unit-missing', amount),
      server: serverText.maxspanUnitMissing(amount),
      fixes: [
        insertFix('Use seconds', number.to, 's'),
        insertFix('Use minutes', number.to, 'm'),
      ],
    }
  if (readUnit(unitText) === undefined)
    return {
      ...describe(unit, 'maxspan-unit', unitText),
      server: serverText.maxspanUnit(unitText, amount + unitText),
    }
  if (Number(amount) === 0)
    return { ...describe(span, 'maxspan-value'), server: serverText.maxspanValue(amount) }
  return undefined
}

const moveKeysFix = (text: string, keys: SyntaxNode, options: SyntaxNode) => ({
  label: 'Put by first',
  edits: [
    { from: options.from, to: options.from, insert: `${textOf(text, keys)} ` },
    { from: options.to, to: keys.to, insert: '' },
  ],
})
