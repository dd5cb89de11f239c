import { expect, test } from 'vitest'
import { findTypeAt } from '../../src/editor/type-at'
import type { FieldInfo } from '../../src/worker/api'

const fields: readonly FieldInfo[] = [
  { name: 'process.pid', type: 'long', knownBy: 'ecs', events: 3 },
  { name: 'seen', type: 'date', knownBy: 'data', events: 1 },
]

test.each([
  ['any where process.pid ^+ 1 == 2', 'process.pid + 1 → long'],
  ['any where se^en > "now-1d"', 'seen → datetime'],
  ['any where no^where == 1', undefined],
  ['any where process.pid ^+ 1 == ', undefined],
])('%s', (drawn, expected) => {
  const text = drawn.replace('^', '')
  const found = findTypeAt(text, drawn.indexOf('^'), fields)
  expect(found && `${text.slice(found.from, found.to)} → ${found.type}`).toBe(expected)
})
