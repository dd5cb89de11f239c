import { expect, test } from 'vitest'
import { provisionalId, readContentId } from '../../src/session/content-id'
import { NewFiles } from '../../src/ui/state/new-files'
import { readSessionData } from '../../src/ui/state/session-data.svelte'
import { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { EngineClient } from '../../src/worker/client'

const LARGE = 16 * 1024 * 1024

/** A large file; every `letter` makes another content of one size. */
const largeFile = (letter: string, name = `${letter}.ndjson`): File =>
  new File([letter.repeat(LARGE)], name)

/** The same file, whose hashing waits until it is let go on. */
function holdHashing(file: File) {
  let release: () => void = () => undefined
  const held = new Promise<void>((resume) => (release = resume))
  const slice = file.slice.bind(file)
  file.slice = (...range) => {
    const piece = slice(...range)
    const read = piece.arrayBuffer.bind(piece)
    piece.arrayBuffer = () => held.then(read)
    return piece
  }
  return { file, release }
}

const unreadable = (file: File): File => {
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError')
  }
  return file
}

/** A workbench over an engine that reads at once. */
function setUp() {
  const bench = new Workbench()
  const read: string[] = []
  const engine: Partial<EngineClient> = {
    onRestart: () => undefined,
    estimate: () => Promise.reject(new Error('not asked for')),
    load: async ({ id, name }) => {
      read.push(name)
      return { ok: true, value: { id, name, active: true } as never }
    },
    state: async () => ({ version: 1 }) as never,
  }
  const loader = new SourceLoader(bench, engine as EngineClient, () => undefined)
  const files = new NewFiles(bench, loader)
  const add = (...given: readonly File[]) => files.add(given.map((file) => ({ file })))
  const open = () => bench.sources.map(({ name, contentId }) => [name, contentId])
  const kept = () => readSessionData(bench).sources.map(({ id }) => id)
  const notices = () => bench.notices.list.map(({ text }) => text)
  return { bench, read, files, add, open, kept, notices }
}

test('a large file is read while it is hashed, and kept in the session behind that', async () => {
  const { bench, read, add, kept } = setUp()
  const { file, release } = holdHashing(largeFile('a'))
  await add(file)
  expect([read, bench.sources[0]?.phase]).toEqual([['a.ndjson'], 'ready'])
  expect(kept()).toEqual([provisionalId(file.name, file)])
  release()
  await bench.sources[0]?.identified
  expect(kept()).toEqual([await readContentId(largeFile('a'))])
})

test('files are told of as added when they are sources', async () => {
  const { bench, files } = setUp()
  const given = [new File(['a'], 'a'), largeFile('b', 'b'), new File(['c'], 'c')]
  const added: (readonly string[])[] = []
  await files.add(
    given.map((file) => ({ file })),
    (some) => added.push([...some.map(({ name }) => name), `of ${bench.sources.length}`]),
  )
  expect(added).toEqual([
    ['a', 'b', 'of 2'],
    ['c', 'of 3'],
  ])
})

test.each(['a moment later', 'at once'])(
  'a large file given twice %s is one',
  async (when) => {
    const { open, add, notices } = setUp()
    const { file, release } = holdHashing(largeFile('a'))
    const again = largeFile('a', 'again.ndjson')
    const adding = when === 'at once' ? [add(file, again)] : [add(file), add(again)]
    release()
    await Promise.all(adding)
    expect(open()).toEqual([['a.ndjson', await readContentId(again)]])
    expect(notices()).toEqual(['again.ndjson is open already, as a.ndjson.'])
  },
)

test('large files of one size are as many as there are contents', async () => {
  const { open, add, notices } = setUp()
  const [a, b] = [largeFile('a'), largeFile('b')]
  await add(a, b)
  expect(open()).toEqual([
    ['a.ndjson', await readContentId(a)],
    ['b.ndjson', await readContentId(b)],
  ])
  expect(notices()).toEqual([])
})

test('a large file that comes back is read as was decided before', async () => {
  const { bench, open, add, kept } = setUp()
  const file = largeFile('a')
  const id = await readContentId(file)
  const keep = { fields: ['host.id'] }
  bench.lost = [{ id, name: 'was here', active: true, keep }]
  await add(file)
  expect(open()).toEqual([['a.ndjson', id]])
  expect([bench.lost, bench.sources[0]?.keep, kept()]).toEqual([[], keep, [id]])
})

test('a large file whose page went away while it was hashed is known again', async () => {
  const { bench, read, add, open } = setUp()
  const { file, release } = holdHashing(largeFile('a'))
  const keep = { fields: ['host.id'] }
  bench.lost = [
    { id: provisionalId(file.name, file), name: file.name, active: true, keep },
  ]
  await add(file)
  expect([read, bench.lost, bench.sources[0]?.keep]).toEqual([['a.ndjson'], [], keep])
  release()
  await bench.sources[0]?.identified
  expect(open()).toEqual([['a.ndjson', await readContentId(largeFile('a'))]])
})

test('it is known again, too, where it has to be hashed first', async () => {
  const { bench, add, open, kept } = setUp()
  const [a, b] = [largeFile('a'), largeFile('b')]
  const keep = { fields: ['host.id'] }
  bench.lost = [{ id: provisionalId(a.name, a), name: a.name, active: true, keep }]
  await add(b, a)
  const ids = [await readContentId(b), await readContentId(a)]
  expect(open()).toEqual([
    ['b.ndjson', ids[0]],
    ['a.ndjson', ids[1]],
  ])
  expect([bench.lost, bench.sources[1]?.keep, kept()]).toEqual([[], keep, ids])
})

test('it is known again where it is open already under another name', async () => {
  const { bench, add, open, kept } = setUp()
  const [file, copy] = [largeFile('a'), largeFile('a', 'copy.ndjson')]
  const id = await readContentId(copy)
  bench.lost = [{ id: provisionalId(file.name, file), name: file.name, active: true }]
  await add(copy, file)
  expect([open(), bench.lost, kept()]).toEqual([[['copy.ndjson', id]], [], [id]])
})

test('a file that cannot be read is told of, and the others are opened', async () => {
  const { open, add, notices } = setUp()
  const b = new File(['b'], 'b')
  await add(unreadable(new File(['a'], 'a')), b)
  expect(open()).toEqual([['b', await readContentId(b)]])
  expect(notices()).toHaveLength(1)
})

test('a large file that cannot be hashed is told of by who reads it', async () => {
  const { bench, add, open, kept, notices } = setUp()
  const file = unreadable(largeFile('a'))
  await add(file)
  await bench.sources[0]?.identified
  expect([open(), kept()]).toEqual([
    [['a.ndjson', undefined]],
    [provisionalId(file.name, file)],
  ])
  expect(notices()).toEqual([])
})
