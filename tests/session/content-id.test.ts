import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { readContentId } from '../../src/session/content-id'

const MIB = 1024 * 1024
const id = (...parts: BlobPart[]) => readContentId(new Blob(parts))

afterEach(() => {
  vi.unstubAllGlobals()
})

test('depends on the content, not on the file', async () => {
  const one = new File(['a\n'], 'one.ndjson', { lastModified: 1 })
  const two = new File(['a\n'], 'two.ndjson', { lastModified: 2 })
  expect(await readContentId(one)).toBe(await readContentId(two))
  expect(await id('b\n')).not.toBe(await readContentId(one))
})

test('tells apart files that differ in the last byte of many pieces', async () => {
  const zeros = new Uint8Array(9 * MIB)
  const other = zeros.slice()
  other[9 * MIB - 1] = 1
  expect(await id(zeros)).not.toBe(await id(other))
  expect(await id(zeros)).toBe(await id(zeros.subarray(0, MIB), zeros.subarray(MIB)))
})

test('is made of the hashes of all pieces, in their order', async () => {
  const bytes = new Uint8Array(26 * MIB)
  for (let at = 0; at < 26; at++) bytes.fill(at, at * MIB, (at + 1) * MIB)
  const hash = (part: Uint8Array) => createHash('sha256').update(part).digest()
  const pieces = Array.from({ length: 7 }, (_, at) =>
    hash(bytes.subarray(at * 4 * MIB, (at + 1) * 4 * MIB)),
  )
  const wanted = hash(Buffer.concat(pieces)).subarray(0, 16).toString('hex')
  expect(await id(bytes)).toBe(`${wanted}-${bytes.length.toString(36)}`)
})

test('an empty file has one too', async () => {
  expect(await id()).toBe(await id(''))
})

test('without hashing every file is its own', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(await id('a')).not.toBe(await id('a'))
})
