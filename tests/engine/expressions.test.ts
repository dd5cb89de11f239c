import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { foldConstant } from '../../src/engine/fold'
import { functions } from '../../src/engine/functions/registry'
import { signatures } from '../../src/language/functions'
import { parseExpression } from '../../src/language/parse'
import { checkArrowLines } from '../support/arrow-lines'

const folder = join(import.meta.dirname, 'expressions')

/** The value as JSON, bigints with an `n`, or what went wrong after a `!`. */
function valueOf(text: string): string {
  const { expression, diagnostics } = parseExpression(text)
  if (!expression) return `! ${diagnostics[0]?.message ?? 'no expression'}`
  const result = foldConstant(expression)
  if (!result.ok) return `! ${result.failure.reason}`
  const { value } = result
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'number' && !Number.isFinite(value)
    ? String(value)
    : JSON.stringify(value)
}

describe('constant expressions', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    checkArrowLines(join(folder, file), valueOf)
  })
})

test('every function that is known can be computed, and no other', () => {
  const known = signatures.map(({ name }) => name)
  expect(Object.keys(functions).sort()).toEqual(known.sort())
})
