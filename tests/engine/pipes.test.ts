import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keptRange, MatchKeeper } from '../../src/engine/pipe'
import type { Pipe } from '../../src/language/ast'
import { checkArrowLines } from '../support/arrow-lines'

/** `15 size 10 tail | head 3`: the first and last number kept of 1 … 15. */
function keptOf(question: string): string {
  const [request = '', ...written] = question.split(' | ')
  const [total, , size, position] = request.split(' ')
  const pipes = written.map((text): Pipe => {
    const [name, count] = text.split(' ')
    return { name: name as Pipe['name'], count: Number(count), from: 0, to: 0 }
  })
  const limits = {
    size: size === 'all' ? Infinity : Number(size),
    resultPosition: position as Pipe['name'],
    maxSamplesPerKey: 1,
  }
  const keeper = new MatchKeeper(pipes, limits, 1)
  for (let n = 1; n <= Number(total); n++) keeper.add([n], 0)
  const kept = keeper.matches((rows) => ({ rows })).map(({ rows }) => rows[0]!)
  const fromEnd = (pipes[0]?.name ?? position) === 'tail'
  const [from, to] = keptRange(Number(total), pipes, limits.size, fromEnd)
  expect(kept).toEqual(Array.from({ length: to - from }, (_, at) => from + at + 1))
  expect(keeper.found).toBe(Number(total))
  return kept.length > 0 ? `${kept[0]}..${kept.at(-1)}` : 'none'
}

test('size and pipes', () => {
  checkArrowLines(join(import.meta.dirname, 'pipes.txt'), keptOf)
})
