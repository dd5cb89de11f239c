import { expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import type { RunOutcome } from '../../src/worker/api'
import { makeEventBlob } from '../bench/data/event-data'

// Fields that were left out of a source, and are read when someone asks for them.

const source = (id: string, seed: number) => ({
  id,
  name: `${id}.ndjson`,
  blob: makeEventBlob('lean', 4000, seed),
})
const keep = { fields: ['event.category', 'host.id'] }
const query = 'process where process.name == "svchost.exe" and user.name == "SYSTEM"'

let tickets = 0
const run = async (host: EngineHost): Promise<number | undefined> => {
  const outcome: RunOutcome | undefined = await host.run({
    ruleId: 'r',
    ticket: ++tickets,
    query,
  })
  return outcome?.answer?.matchCount
}

test('a rule finds what it does where all was kept', async () => {
  const all = new EngineHost()
  const part = new EngineHost()
  for (const host of [all, part]) await host.load(source('other', 1))
  await all.load(source('big', 2))
  await part.load(source('big', 2), undefined, keep)
  const [wanted, found] = [await run(all), await run(part)]
  expect(found).toBeLessThan(wanted!)
  const progress: number[] = []
  const done = await part.readFields('big', ['process.name', 'user.name'], (told) =>
    progress.push(told.bytesRead / told.bytesTotal),
  )
  expect(done.ok && done.value.keep).toEqual({
    fields: [...keep.fields, 'process.name', 'user.name'],
  })
  expect(progress.at(-1)).toBe(1)
  expect(await run(part)).toBe(wanted)
})

test('a cancel leaves what was kept, and the source can be taken out', async () => {
  const host = new EngineHost()
  await host.load(source('big', 2), undefined, keep)
  const reading = host.readFields('big', ['user.name'])
  await host.cancelLoad('big')
  const done = await reading
  expect(done.ok && done.value.keep).toEqual(keep)
  const again = host.readFields('big', ['user.name'])
  expect((await host.remove('big')).events).toBe(0)
  await again
  expect(await host.readFields('big', ['user.name'])).toMatchObject({ ok: false })
})
