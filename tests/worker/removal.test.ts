import { expect, test } from 'vitest'
import { EngineHost } from '../../src/worker/host'
import { makeEventBlob } from '../bench/data/event-data'

/** Events of a source of its own; names and seeds differ, so that contents do. */
const sourceOf = (seed: number) => ({
  id: `source ${seed}`,
  name: `${seed}.ndjson`,
  blob: makeEventBlob(seed % 2 ? 'lean' : 'fat', 1500, seed),
})

const load = async (host: EngineHost, seeds: readonly number[]): Promise<void> => {
  for (const seed of seeds) await host.load(sourceOf(seed))
}

/** All that is loaded, event by event, as a grid and its filter tell it. */
async function tellAll(host: EngineHost) {
  const fields = (await host.fields()).filter(({ events }) => events > 0)
  const page = await host.events({ fields: fields.map(({ name }) => name) }, 0, 1e5)
  const found = await host.events({ fields: [], search: 'e7' }, 0, 0)
  return {
    fields,
    rows: page?.rows.map(({ time, cells }) => [time, ...cells].join('\t')).toSorted(),
    found: found?.total,
  }
}

test('what is left after sources have come and gone is as if they never had', async () => {
  const host = new EngineHost()
  await load(host, [1, 2, 3])
  await host.remove('source 2')
  await load(host, [4])
  await host.remove('source 1')
  await load(host, [5, 2])
  await host.remove('source 5')
  const fresh = new EngineHost()
  await load(fresh, [3, 4, 2])
  expect(await tellAll(host)).toEqual(await tellAll(fresh))
})
