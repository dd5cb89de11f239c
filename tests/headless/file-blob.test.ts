import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FileBlob } from '../../src/headless/file-blob'

let folder = ''
let path = ''
const text = 'Zeile 1\nZeile 2, größer\n'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maxspan-'))
  path = join(folder, 'events.ndjson')
  await writeFile(path, text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['all', []],
  ['from an offset', [3]],
  ['between two', [2, 9]],
  ['from the end', [-5]],
  ['up to before the end', [1, -4]],
  ['beyond the end', [4, 1000]],
  ['nothing', [9, 2]],
])('is what a Blob of the same bytes is: %s', async (_, ends) => {
  const wanted = new Blob([text]).slice(...ends)
  const found = FileBlob.at(path).slice(...ends)
  expect(found.size).toBe(wanted.size)
  expect(await found.arrayBuffer()).toEqual(await wanted.arrayBuffer())
  expect(await found.text()).toBe(await wanted.text())
  expect(await new Response(found.stream()).text()).toBe(await wanted.text())
  expect(await found.slice(1, 3).text()).toBe(await wanted.slice(1, 3).text())
})

test('a file that has changed is not taken for what it was', async () => {
  const other = join(folder, 'other.ndjson')
  await writeFile(other, text)
  const blob = FileBlob.at(other)
  await utimes(other, 1, 1)
  await expect(blob.slice(0, 4).arrayBuffer()).rejects.toThrow('has changed')
})

test('a folder is no file, and what is not there neither', () => {
  expect(() => FileBlob.at(folder)).toThrow('it is no file')
  expect(() => FileBlob.at(join(folder, 'none'))).toThrow('ENOENT')
})
