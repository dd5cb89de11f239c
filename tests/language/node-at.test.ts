import { expect, test } from 'vitest'
import { findNode, findPath, nodeAt } from '../../src/language/node-at'
import { parseQuery } from '../../src/language/parse'
import { typeOf } from '../../src/language/type-of'
import { readSchema } from './schema-lines'

const schema = readSchema(`
  process.pid: long
  process.name: keyword
  host.ip: ip
  seen: date
`)

/** What is at the `^`, and its type. */
function describeAt(drawn: string): string | undefined {
  const text = drawn.replace('^', '')
  const node = nodeAt(parseQuery(text).query!, drawn.indexOf('^'))
  return node && `${text.slice(node.from, node.to)}: ${typeOf(node, schema) ?? 'unknown'}`
}

test.each([
  ['any where process.^pid == 4', 'process.pid: long'],
  ['any where process.pid =^= 4', 'process.pid == 4: boolean'],
  ['any where process.pid ^+ 1.5 == 4', 'process.pid + 1.5: double'],
  ['any where process.pid == ^4', '4: integer'],
  ['any where len^gth(process.name) == 4', 'length(process.name): integer'],
  ['any where add(process.pid, ^2) == 4', '2: integer'],
  ['any where true a^nd not ?nope : "x"', 'true and not ?nope : "x": boolean'],
  ['any where true and n^ot ?nope : "x"', 'not ?nope : "x": boolean'],
  ['any where ?^nope : "x"', '?nope: null'],
  ['any where no^pe == 1', 'nope: unknown'],
  ['any where host.ip in ("::1", ^"::2")', '"::2": keyword'],
  ['any wh^ere true', undefined],
  ['any where true^', undefined],
  ['sequence by ^seen [any where true] [any where true]', 'seen: datetime'],
  ['sequence [any where true] by host.^ip [any where true] by host.ip', 'host.ip: ip'],
  [
    'sequence [any where true] [any where true] until [any where fa^lse]',
    'false: boolean',
  ],
])('%s', (drawn, expected) => {
  expect(describeAt(drawn)).toBe(expected)
})

test('a clause is found by its span, with what it stands in', () => {
  const text = 'any where true and not (a == 1 or b == 2)'
  const { body } = parseQuery(text).query!
  const condition = body.kind === 'event' ? body.condition : undefined
  const spanOf = (part: string) => {
    const from = text.indexOf(part)
    return { from, to: from + part.length }
  }
  const kinds = findPath(condition!, spanOf('b == 2')).map(({ kind }) => kind)
  expect(kinds).toEqual(['and', 'not', 'or', 'compare'])
  expect(findNode(condition!, spanOf('a == 1'))).toMatchObject({ kind: 'compare' })
  expect(findNode(condition!, spanOf('== 2'))).toBeUndefined()
})
