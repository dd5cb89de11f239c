import { expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import type { Evidence } from '../../src/engine/evidence'
import { LeafCache } from '../../src/engine/leaf-cache'
import { readEventQuery } from '../support/event-query'
import { drawTable } from '../support/text-table'

const { table, schema } = drawTable(`
  missing: keyword
  row  category  name     args         pid
  1    process   cmd.exe  [/c, dir]    7
`)

/** One line a node: what it came to, the text it stands for, the values that decided. */
function draw(
  text: string,
  { kind, truth, from, to, values, children }: Evidence,
): string[] {
  const shown = (values ?? []).map(
    ({ field, value }) => ` ${field}=${value === undefined ? '-' : String(value)}`,
  )
  const line = `${kind} ${String(truth)}: ${text.slice(from, to)}${shown.length ? ' |' : ''}`
  const below = children.flatMap((child) => draw(text, child).map((each) => `  ${each}`))
  return [line + shown.join(''), ...below]
}

function explain(text: string): string[] {
  const context = {
    table,
    schema,
    categoryField: 'event.category',
    now: 0,
    leaves: new LeafCache(),
  }
  const compiled = compileCondition(readEventQuery(text), context)
  return draw(text, compiled.evidence(0))
}

test('follows the condition as written', () => {
  expect(
    explain('process where name : "CMD*" and not (args == "dir" or pid in (8, 9))'),
  ).toEqual([
    'and false: process where name : "CMD*" and not (args == "dir" or pid in (8, 9))',
    '  category true: process | event.category=process',
    '  and false: name : "CMD*" and not (args == "dir" or pid in (8, 9))',
    '    leaf true: name : "CMD*" | name=cmd.exe',
    '    not false: not (args == "dir" or pid in (8, 9))',
    '      or true: args == "dir" or pid in (8, 9)',
    '        leaf true: args == "dir" | args=dir',
    '        leaf false: pid in (8, 9) | pid=7',
  ])
})

test('shows all values where none would do, and the one that would', () => {
  expect(explain('any where args != "x"')).toEqual([
    'leaf true: args != "x" | args=/c args=dir',
  ])
  expect(explain('any where args != "/c"')).toEqual([
    'leaf false: args != "/c" | args=/c',
  ])
  expect(explain('any where concat(name, args) : "*exe/?"')).toEqual([
    'leaf true: concat(name, args) : "*exe/?" | name=cmd.exe args=/c',
  ])
  expect(explain('any where pid > length(name)')).toEqual([
    'leaf false: pid > length(name) | pid=7 name=cmd.exe',
  ])
})

test('tells null from false, and a fold from its parts', () => {
  expect(explain('any where missing == "x"')).toEqual([
    'leaf null: missing == "x" | missing=-',
  ])
  expect(explain('any where not missing == "x"')).toEqual([
    'not true: not missing == "x"',
    '  leaf null: missing == "x" | missing=-',
  ])
  expect(explain('any where not (?nowhere : "x" and pid == 7)')).toEqual([
    'not null: not (?nowhere : "x" and pid == 7)',
    '  and null: ?nowhere : "x" and pid == 7',
    '    leaf null: ?nowhere : "x"',
    '    leaf true: pid == 7 | pid=7',
  ])
  expect(explain('any where (pid == 7 and missing == null) == true')).toEqual([
    'and true: (pid == 7 and missing == null) == true',
    '  leaf true: pid == 7 | pid=7',
    '  leaf true: missing == null | missing=-',
  ])
})

test('does not fail where one event cannot be computed', () => {
  expect(explain('any where number(name) == 1 or pid == 7')).toEqual([
    'or true: number(name) == 1 or pid == 7',
    '  leaf null: number(name) == 1',
    '  leaf true: pid == 7 | pid=7',
  ])
})
