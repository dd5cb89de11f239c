import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Lines of that kind in the case files of some folders below this one. */
const countLines = (
  folders: readonly string[],
  isOne: (line: string) => boolean,
): number =>
  folders
    .flatMap((folder) =>
      readdirSync(join(import.meta.dirname, folder))
        .filter((name) => name.endsWith('.txt'))
        .map((name) => readFileSync(join(import.meta.dirname, folder, name), 'utf8')),
    )
    .flatMap((text) => text.split('\n'))
    .filter((line) => !line.startsWith('#') && isOne(line)).length

const isCase = (line: string): boolean => line.includes(' ==> ')
const isTable = (line: string): boolean => line.startsWith('row ')

const values = countLines(['expressions', 'conditions'], isCase)
const tables = countLines(['tables'], isTable)
const rules = countLines(['tables'], isCase)

test(`${values} expressions and conditions have their value written down`, () => {
  expect(values).toBeGreaterThanOrEqual(600)
})

test(`${rules} rules over ${tables} drawn tables of events have their answer`, () => {
  expect(tables).toBeGreaterThanOrEqual(150)
})
