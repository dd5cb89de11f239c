import type { SyntaxNode } from '@lezer/common'
import type { Pipe, Query, Span } from './ast'
import { builderError, describe, replaceFix } from './problem'
import { readExpressions } from './read-expression'
import { readJoin, readSample } from './read-sample'
import { readSequence } from './read-sequence'
import { findPart, readEventQuery } from './read-step'
import { note, partsOf, spanOf, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'
import { findSimilar } from './similar'

/** Reads the top node of a tree without error nodes. */
export function readQuery(reading: Reading, node: SyntaxNode): Query {
  const [first] = partsOf(node)
  const body = readBody(reading, first!)
  const pipes = node.getChildren('Pipe')
  if (body.kind === 'sample' && pipes[0]) refusePipes(reading, body, pipes)
  return {
    ...spanOf(node),
    text: reading.text,
    body,
    pipes: pipes.flatMap((pipe) => readPipe(reading, pipe)),
  }
}

function readBody(reading: Reading, node: SyntaxNode): Query['body'] {
  if (node.name === 'Sequence') return readSequence(reading, node)
  if (node.name === 'Sample') return readSample(reading, node)
  if (node.name === 'Join') return readJoin(reading, node)
  return readEventQuery(reading, node)
}

function refusePipes(reading: Reading, sample: Span, pipes: readonly SyntaxNode[]) {
  const span = { from: pipes[0]!.from, to: pipes.at(-1)!.to }
  note(reading, () => ({
    ...describe(span, 'sample-pipe'),
    elastic: builderError(reading.text, span.from, serverText.samplePipe),
    fixes: [replaceFix('Remove the pipes', { ...span, from: sample.to }, '')],
  }))
}

const KNOWN_PIPES = ['count', 'filter', 'head', 'sort', 'tail', 'unique', 'unique_count']

/** Reads `| head 5` (language.md 7.1); none for a pipe that has a problem. */
function readPipe(reading: Reading, node: SyntaxNode): Pipe[] {
  const nameNode = findPart(node, 'PipeName')!
  const name = textOf(reading.text, nameNode)
  if (name !== 'head' && name !== 'tail') {
    refusePipe(reading, nameNode, name)
    return []
  }
  const args = readExpressions(reading, node)
  if (args.length !== 1) {
    note(reading, () => ({
      ...describe(node, 'pipe-arguments', name, args.length),
      elastic: builderError(
        reading.text,
        nameNode.from,
        serverText.pipeArguments(name, args.length),
      ),
    }))
    return []
  }
  const count = args[0]!
  if (count.kind === 'literal' && isCount(count.value))
    return [{ ...spanOf(node), name, count: count.value }]
  note(reading, () => ({
    ...describe(count, 'pipe-count', name),
    elastic: builderError(
      reading.text,
      count.from,
      serverText.pipeCount(name, textOf(reading.text, count)),
    ),
  }))
  return []
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0

function refusePipe(reading: Reading, node: SyntaxNode, name: string) {
  const similar = KNOWN_PIPES.includes(name) ? [] : findSimilar(name, KNOWN_PIPES)
  const known = KNOWN_PIPES.includes(name)
  note(reading, () => ({
    ...(known
      ? describe(node, 'pipe-unsupported', name)
      : describe(node, 'pipe-unknown', name, similar)),
    elastic: builderError(
      reading.text,
      node.from,
      known ? serverText.pipeUnsupported(name) : serverText.pipeUnknown(name, similar),
    ),
    fixes: similar
      .filter((pipe) => pipe === 'head' || pipe === 'tail')
      .map((pipe) => replaceFix(`Use ${pipe}`, node, pipe)),
  }))
}
