import { expect, test } from 'vitest'
import type { Query } from '../../src/language/ast'
import { GrowingTable } from '../../src/events/growing-table'
import { unionSchema } from '../../src/events/schema-union'
import { parseText, RuleTexts } from '../../src/worker/rule-texts'

const fields = { categoryField: 'event.category', timestampField: '@timestamp' }

/** The fields that exist when one event has been read that has just these. */
function schemaOf(...names: readonly string[]) {
  const table = new GrowingTable()
  table.beginRow(table.startSource())
  for (const name of names) table.put(table.root.child(name), 'x', false)
  table.endRow()
  return unionSchema(table)
}

const queryOf = (text: string): Query => parseText(text).query!

test('a text is read once, and checked again when the fields are others', () => {
  const texts = new RuleTexts()
  const text = 'any where made_up == "x"'
  const without = schemaOf('other')
  const codes = (schema: ReturnType<typeof schemaOf>) =>
    texts.check(queryOf(text), schema, fields).map(({ code }) => code)

  expect(parseText(text)).toBe(parseText(text))
  expect(codes(without)).toEqual(['unknown-field'])
  expect(codes(schemaOf('made_up'))).toEqual([])
  expect(codes(without)).toEqual(['unknown-field'])
})

test('the category field is part of what is checked', () => {
  const texts = new RuleTexts()
  const schema = schemaOf('event.category')
  const codes = (categoryField: string) =>
    texts
      .check(queryOf('process where true'), schema, { ...fields, categoryField })
      .map(({ severity }) => severity)

  expect(codes('event.category')).toEqual([])
  expect(codes('made_up.category')).toContain('error')
})

test('the texts asked for longest ago are read again', () => {
  const [first, second] = ['any where true', 'any where false']
  const read = parseText(first)
  const other = parseText(second)
  for (let i = 0; i < 4095; i++) {
    parseText(`any where ${String(i)} == ${String(i)}`)
    parseText(second)
  }
  expect(parseText(second)).toBe(other)
  expect(parseText(first)).not.toBe(read)
})
