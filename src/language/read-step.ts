import type { SyntaxNode } from '@lezer/common'
import type { Category, EventQuery, FieldRef, Step } from './ast'
import { builderError, describe } from './problem'
import { readExpression, readExpressions } from './read-expression'
import { readText } from './read-literal'
import { note, partsOf, spanOf, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'

/** How often a step may be repeated (language.md 5.1). */
const MAX_RUNS = 100

export function readEventQuery(reading: Reading, node: SyntaxNode): EventQuery {
  const [category, , condition] = partsOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
  return {
    kind: 'event',
    ...spanOf(node),
    category: readCategory(reading, category),
    condition: readExpression(reading, condition),
  }
}

function readCategory(reading: Reading, node: SyntaxNode): Category {
  const word = partsOf(node)[0]!
  if (word.name === 'any') return { ...spanOf(node), any: true, name: 'any' }
  const name =
    word.name === 'Identifier' ? textOf(reading.text, word) : readText(reading, word)
  return { ...spanOf(node), any: false, name }
}

/** The part of a given name right below a node. */
export const findPart = (node: SyntaxNode, name: string): SyntaxNode | undefined =>
  node.getChild(name) ?? undefined

/** Reads a Step or Until node: query, keys, runs. */
export function readStep(reading: Reading, node: SyntaxNode): Step {
  const missing = findPart(node, 'Missing')
  const query = findPart(missing ?? node, 'EventQuery')!
  const runs = findPart(node, 'Runs')
  return {
    ...spanOf(node),
    query: readEventQuery(reading, query),
    missing: missing !== undefined,
    by: readJoinKeys(reading, findPart(node, 'JoinKeys')),
    runs: runs ? readRuns(reading, runs) : 1,
    ...(runs && { runsSpan: spanOf(runs) }),
  }
}

export function readJoinKeys(reading: Reading, node: SyntaxNode | undefined): FieldRef[] {
  const keys = node ? readExpressions(reading, node) : []
  return keys.filter((key): key is FieldRef => {
    if (key.kind === 'field') return true
    const text = textOf(reading.text, key)
    note(reading, () => ({
      ...describe(key, 'join-key-not-a-field'),
      elastic: builderError(reading.text, key.from, serverText.joinKey(text)),
    }))
    return false
  })
}

/** `with runs=3`; a fraction is refused, where the server silently takes it for 1. */
function readRuns(reading: Reading, node: SyntaxNode): number {
  const name = findPart(node, 'RunsName')!
  const option = textOf(reading.text, name)
  const number = findPart(node, 'Number')!
  const text = textOf(reading.text, number)
  const runs = Number(text)
  if (option !== 'runs')
    note(reading, () => ({
      ...describe(name, 'runs-name', option),
      elastic: builderError(reading.text, name.from, serverText.runsName(option)),
      fixes: [{ label: 'Use runs', edits: [{ ...spanOf(name), insert: 'runs' }] }],
    }))
  else if (!Number.isInteger(runs) || !/^\d+$/.test(text) || runs < 1 || runs > MAX_RUNS)
    note(reading, () => ({
      ...describe(number, 'runs-value', text),
      elastic: builderError(
        reading.text,
        number.from,
        runs > MAX_RUNS ? serverText.runsTooMany(text) : serverText.runsValue(text),
      ),
    }))
  else return runs
  return 1
}
