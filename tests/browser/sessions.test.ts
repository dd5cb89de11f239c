import { deleteDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { readContentId } from '../../src/session/content-id'
import { EMPTY_SESSION } from '../../src/session/session'
import { openSessions } from '../../src/session/sessions'

let name = ''
const told: string[] = []
const open = () =>
  openSessions({ name, onProblem: (sentence) => void told.push(sentence) })

beforeEach(() => {
  name = `sessions ${crypto.randomUUID()}`
  told.length = 0
})

test('a session and its Blob come back from the real database', async () => {
  const blob = new File(['{"a":1}\n'.repeat(1000)], 'a.ndjson')
  const id = await readContentId(blob)
  const source = { id, name: blob.name, active: true }
  const data = { ...EMPTY_SESSION, sources: [source] }

  const writer = await open()
  const session = await writer.create('First', data)
  await writer.putBlob(id, blob)

  const reader = await open()
  expect(await reader.current()).toEqual(session)
  const restored = await reader.getBlob(id)
  expect(await restored?.text()).toBe(await blob.text())
  expect(restored && (await readContentId(restored))).toBe(id)
  expect(told).toEqual([])
})

test('work goes on when the database is taken away', async () => {
  const sessions = await open()
  const { id } = await sessions.create('First')
  await deleteDB(name)
  expect(told).toEqual([expect.stringContaining('no longer saved')])
  const data = { ...EMPTY_SESSION, mapping: 'goes on' }
  await sessions.save(id, data)
  await sessions.putBlob('b', new Blob(['b']))
  const copy = await sessions.create('Second', data)
  expect(await sessions.load(copy.id)).toEqual({ id: copy.id, name: 'Second', data })
  expect(await (await sessions.getBlob('b'))?.text()).toBe('b')
})
