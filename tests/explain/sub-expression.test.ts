import { join } from 'node:path'
import { test } from 'vitest'
import { findSubExpression } from '../../src/explain/sub-expression'
import { parseQuery } from '../../src/language/parse'
import { checkArrowLines } from '../support/arrow-lines'

function ask(drawn: string): string {
  const from = drawn.indexOf('«')
  const to = drawn.indexOf('»') - 1
  const text = drawn.replace(/[«»]/g, '')
  const { query } = parseQuery(text)
  if (!query) throw new Error(text)
  const part = findSubExpression(query, { from, to })
  return part
    ? `${part.category.any ? 'any' : part.category.name}: ${text.slice(part.from, part.to)}`
    : 'nothing'
}

test('the smallest condition that holds what is selected', () => {
  checkArrowLines(join(import.meta.dirname, 'sub-expression.txt'), ask)
})
