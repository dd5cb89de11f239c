import { describe, expect, test } from 'vitest'
import { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import type { Done } from '../../src/worker/api'
import type { EngineState, LoadEstimate, SourceState } from '../../src/worker/load-api'
import { EngineStopped, type EngineClient } from '../../src/worker/client'

const state = (events: number): EngineState => ({
  version: events,
  sources: [],
  events,
  schemaModel: 'union',
  formats: [],
})
const file = (id: string) => ({ file: { id, name: `${id}.ndjson`, blob: new Blob() } })
const turn = () => new Promise((resume) => setTimeout(resume))

/** An engine that reads at once; the parts given take the place of its own. */
function setUp(parts: Partial<EngineClient> = {}) {
  const bench = new Workbench()
  const asked: string[] = []
  let restarted: (reason: string) => void = () => undefined
  const engine: Partial<EngineClient> = {
    onRestart: (listener) => {
      restarted = listener
    },
    load: async ({ id, name }) => {
      asked.push(`load ${id}`)
      const report = { events: 1e6, partial: false } as SourceState['report']
      return { ok: true, value: { id, name, active: true, report } }
    },
    cancelLoad: async (id) => void asked.push(`cancel ${id}`),
    remove: async (id) => {
      asked.push(`remove ${id}`)
      return state(0)
    },
    setMapping: async (text) => {
      asked.push(`mapping ${text}`)
      return { ok: true, value: state(0) }
    },
    state: async () => state(1),
    ...parts,
  }
  let changes = 0
  const onChange = () => {
    changes++
  }
  const loader = new SourceLoader(bench, engine as EngineClient, onChange)
  const stop = () => restarted('It stopped.')
  return { bench, loader, asked, stop, changes: () => changes }
}

const stopped = () => Promise.reject(new EngineStopped('It stopped.'))

test('the page is busy until the rules run over what was read', async () => {
  let answer: (value: EngineState) => void = () => undefined
  const held = () => new Promise<EngineState>((resolve) => (answer = resolve))
  const { bench, loader, changes } = setUp({ state: held })
  const adding = loader.add([file('a')])
  await turn()
  expect(bench.sources.map(({ phase }) => phase)).toEqual(['ready'])
  expect([bench.isLoading, changes()]).toEqual([true, 0])
  answer(state(1))
  await adding
  expect([bench.isLoading, changes()]).toEqual([false, 1])
})

test('the card of an event closes when a source goes, for rows move', async () => {
  const { bench, loader, asked } = setUp()
  await loader.add([file('a')])
  bench.showEvent(7)
  await loader.remove(bench.sources[0]!)
  expect([bench.row, bench.showsEvent, asked.at(-1)]).toEqual([
    undefined,
    false,
    'remove a',
  ])
})

test('a source is read again as a person decides', async () => {
  const readings: unknown[] = []
  const { bench, loader, asked } = setUp({
    load: async ({ id, name }, _, keep, readAs) => {
      readings.push([id, keep, readAs])
      const report = { events: 1, partial: false } as SourceState['report']
      return { ok: true, value: { id, name, active: true, report } }
    },
  })
  await loader.add([{ ...file('a'), keep: { fields: ['x'] } }])
  await loader.readAgain(bench.sources[0]!, { offsetMs: 5 })
  expect(asked).toEqual(['remove a'])
  expect(readings).toEqual([
    ['a', { fields: ['x'] }, undefined],
    ['a', { fields: ['x'] }, { offsetMs: 5 }],
  ])
  expect(bench.sources[0]).toMatchObject({ phase: 'ready', readAs: { offsetMs: 5 } })
})

test('a source whose session is closed before it is read again is left', async () => {
  let go: () => void = () => undefined
  const held = new Promise<void>((resume) => (go = resume))
  const { bench, loader, asked } = setUp({
    remove: async () => {
      await held
      return state(0)
    },
  })
  await loader.add([file('a')])
  const reading = loader.readAgain(bench.sources[0]!, { offsetMs: 5 })
  const closing = loader.clear()
  go()
  await Promise.all([reading, closing])
  expect(asked).toEqual(['load a'])
})

test('a span of time that is kept moves with the times of its source', async () => {
  const { bench, loader } = setUp()
  await loader.add([{ ...file('a'), keep: { time: { from: 10, to: 20 } } }])
  await loader.readAgain(bench.sources[0]!, { offsetMs: 5 })
  expect(bench.sources[0]?.keep).toEqual({ time: { from: 15, to: 25 } })
  await loader.readAgain(bench.sources[0]!, {})
  expect(bench.sources[0]?.keep).toEqual({ time: { from: 10, to: 20 } })
})

describe('the mode of events of Windows', () => {
  /** Sources whose name begins with `w` hold some; what is read in which mode is noted. */
  function setUpModes(parts: Partial<EngineClient> = {}) {
    const read: string[] = []
    const variants = [{ name: 'Sysmon (EVTX)', events: 1 }]
    const set = setUp({
      load: async ({ id, name }, _, __, readAs) => {
        read.push(`${id} ${readAs?.mode ?? 'faithful'}`)
        await turn()
        const some: unknown = { events: 1, ...(id.startsWith('w') && { variants }) }
        const report = some as SourceState['report']
        return { ok: true, value: { id, name, active: true, report } }
      },
      ...parts,
    })
    return { ...set, read }
  }

  test('is that of all sources; those without any are not read again', async () => {
    const { bench, loader, read } = setUpModes()
    await loader.add([file('w1'), file('plain'), file('w2')])
    await loader.setMapMode('extended')
    await expect.poll(() => bench.isReading).toBe(false)
    await loader.add([file('w3')])
    expect(read.slice(3)).toEqual(['w1 extended', 'w2 extended', 'w3 extended'])
    expect(bench.sources.every(({ phase }) => phase === 'ready')).toBe(true)
    read.length = 0
    await loader.setMapMode('extended')
    expect(read).toEqual([])
    await loader.setMapMode('faithful')
    await expect.poll(() => bench.isReading).toBe(false)
    expect(read.toSorted()).toEqual(['w1 faithful', 'w2 faithful', 'w3 faithful'])
  })

  test('sources are taken out one after the other, then read', async () => {
    const done: string[] = []
    const { bench, loader, read } = setUpModes({
      remove: async (id) => {
        done.push(`begin ${id}`)
        await turn()
        done.push(`end ${id} of ${read.length}`)
        return state(0)
      },
    })
    await loader.add([file('w1'), file('w2'), file('w3')])
    await loader.setMapMode('extended')
    await expect.poll(() => bench.isReading).toBe(false)
    expect(done).toEqual(
      ['w1', 'w2', 'w3'].flatMap((w) => [`begin ${w}`, `end ${w} of 3`]),
    )
    expect(read.slice(3)).toEqual(['w1 extended', 'w2 extended', 'w3 extended'])
  })

  test('what a new engine was fed with is not taken out of it', async () => {
    const removed: string[] = []
    let fail: () => void = () => undefined
    const { bench, loader, stop, read } = setUpModes({
      remove: (id) => {
        removed.push(id)
        return new Promise((_, reject) => (fail = () => reject(new EngineStopped('x'))))
      },
    })
    await loader.add([file('w1'), file('w2')])
    const changing = loader.setMapMode('extended')
    await turn()
    stop()
    fail()
    await changing
    await expect.poll(() => bench.isReading).toBe(false)
    expect(removed).toEqual(['w1'])
    expect(read.slice(2)).toEqual(['w1 extended', 'w2 extended'])
  })

  test('is followed by a source that was being read when it changed', async () => {
    const { bench, loader, read } = setUpModes()
    const adding = loader.add([file('w1')])
    while (read.length === 0) await Promise.resolve()
    await loader.setMapMode('extended')
    await adding
    await expect.poll(() => bench.isReading).toBe(false)
    expect(read).toEqual(['w1 faithful', 'w1 extended'])
    expect(bench.sources[0]).toMatchObject({ phase: 'ready', mapMode: 'extended' })
  })

  test('is not followed by a source that was closed while it was read', async () => {
    const { bench, loader, read } = setUpModes()
    const adding = loader.add([file('w1')])
    while (read.length === 0) await Promise.resolve()
    await loader.setMapMode('extended')
    await loader.remove(bench.sources[0]!)
    await adding
    await turn()
    await expect.poll(() => bench.isReading).toBe(false)
    expect(read).toEqual(['w1 faithful'])
  })

  test('leaves what else was decided about a source', async () => {
    const asked: unknown[] = []
    const { loader } = setUp({
      load: async ({ id, name }, _, __, readAs) => {
        asked.push(readAs)
        const report = { events: 1 } as SourceState['report']
        return { ok: true, value: { id, name, active: true, report } }
      },
    })
    await loader.setMapMode('extended')
    await loader.add([{ ...file('w'), readAs: { offsetMs: 5 } }])
    expect(asked).toEqual([{ offsetMs: 5, mode: 'extended' }])
  })
})

test('what was stopped stays in part when it is read again', async () => {
  const asked: unknown[] = []
  let stop: () => void = () => undefined
  const { bench, loader } = setUp({
    load: async ({ id, name }, _progress, _keep, readAs) => {
      asked.push(readAs)
      if (asked.length === 1) await new Promise<void>((resolve) => (stop = resolve))
      const variants = [{ name: 'Sysmon (EVTX)', events: 7 }]
      const report = { events: 7, leftOut: 2, partial: true, variants } as const
      return {
        ok: true,
        value: {
          id,
          name,
          active: true,
          report: report as never,
        },
      }
    },
    cancelLoad: async () => stop(),
  })
  const adding = loader.add([file('a')])
  await turn()
  await loader.cancel(bench.sources[0]!)
  await adding
  expect(bench.sources[0]?.readAs).toEqual({ upTo: 9 })
  await loader.setMapMode('extended')
  expect(asked).toEqual([undefined, { upTo: 9, mode: 'extended' }])
  await loader.readAgain(bench.sources[0]!, { offsetMs: 5 })
  expect(asked.at(-1)).toEqual({ upTo: 9, offsetMs: 5, mode: 'extended' })
  // Of another format, events are counted in another way.
  await loader.readAgain(bench.sources[0]!, { format: 'NDJSON' })
  expect(asked.at(-1)).toEqual({ format: 'NDJSON', mode: 'extended' })
})

test('a source added at the last moment is read too', async () => {
  const { bench, loader } = setUp({
    state: async () => {
      if (bench.sources.length === 1) void loader.add([file('b')])
      return state(1)
    },
  })
  await loader.add([file('a')])
  expect(bench.sources.map(({ phase }) => phase)).toEqual(['ready', 'ready'])
})

test('an engine that stops while it is told of a mapping says so', async () => {
  const { bench, loader } = setUp({ setMapping: stopped })
  expect(await loader.setMapping({ name: 'm', text: '{}' })).toMatch(/stopped/)
  expect(bench.mapping).toBeUndefined()
})

test('closing and cancelling while the engine stops is no failure', async () => {
  const { bench, loader } = setUp({
    load: () => new Promise<Done<SourceState>>(() => undefined),
    cancelLoad: stopped,
    remove: stopped,
  })
  void loader.add([file('a')])
  const [source] = bench.sources
  await loader.cancel(source!)
  await loader.remove(source!)
  expect(bench.sources).toEqual([])
})

test('a mapping goes with its session even if the engine stops meanwhile', async () => {
  const { bench, loader, asked, stop } = setUp({ remove: stopped })
  await loader.setMapping({ name: 'm', text: '{}' })
  await loader.add([file('a')])
  await expect(loader.clear()).rejects.toThrow(EngineStopped)
  expect([bench.sources, bench.mapping]).toEqual([[], undefined])
  stop()
  await turn()
  expect(asked).toEqual(['mapping {}', 'load a'])
  expect(bench.isLoading).toBe(false)
})

test('a new engine is given the mapping and the sources again', async () => {
  const { bench, loader, asked, stop, changes } = setUp()
  await loader.setMapping({ name: 'm', text: '{}' })
  await loader.add([file('a'), file('b')])
  asked.length = 0
  stop()
  await turn()
  expect(asked).toEqual(['mapping {}', 'load a', 'load b'])
  expect([bench.isLoading, changes()]).toEqual([false, 3])
})

test('a source there was no memory for is not read again by the new engine', async () => {
  const asked: string[] = []
  const made = setUp({
    load: async ({ id, name }) => {
      asked.push(id)
      if (id === 'big') {
        made.stop()
        return { ok: false, problem: 'No room.' }
      }
      const report = { events: 1e6, partial: false } as SourceState['report']
      return { ok: true, value: { id, name, active: true, report } }
    },
  })
  const { bench, loader, stop } = made
  await loader.add([file('a'), file('big'), file('b')])
  await turn()
  expect(asked).toEqual(['a', 'big', 'a', 'b'])
  expect(bench.sources.map(({ phase }) => phase)).toEqual(['ready', 'failed', 'ready'])
  expect(bench.sources[1]?.problem).toBe('No room.')
  stop()
  await turn()
  expect(asked.slice(4)).toEqual(['a', 'b'])
})

describe('a source that may not fit', () => {
  /** Large enough to be asked about, without its bytes. */
  const bigFile = (id: string) => {
    const blob = new Blob()
    Object.defineProperty(blob, 'size', { value: 1e9 })
    return { file: { id, name: `${id}.ndjson`, blob } }
  }
  const keys = { field: 'host.id', share: 0.2 }
  const estimate: LoadEstimate = {
    bytes: 1e9,
    events: 1e6,
    memoryBytes: 3e9,
    budgetBytes: 1e9,
    fits: false,
    choices: [
      { kind: 'all', memoryBytes: 3e9, events: 1e6, keep: {} },
      { kind: 'keys', memoryBytes: 6e8, events: 2e5, keep: { keys } },
    ],
  }

  test('is not read before one decides; others are', async () => {
    const { bench, loader, asked } = setUp({ estimate: async () => estimate })
    await loader.add([bigFile('a'), file('b')])
    expect(asked).toEqual(['load b'])
    expect(bench.sources.map(({ phase }) => phase)).toEqual(['asking', 'ready'])
    expect([bench.asked?.id, bench.isLoading]).toEqual(['a', false])
  })

  test('is read as decided, and says so', async () => {
    const kept: unknown[] = []
    const { bench, loader } = setUp({
      estimate: async () => estimate,
      load: async ({ id, name }, _, keep) => {
        kept.push(keep)
        const report = { partial: false, events: 2e5 } as SourceState['report']
        return { ok: true, value: { id, name, active: true, report } }
      },
    })
    await loader.add([bigFile('a')])
    await loader.decide(bench.sources[0]!, { keys })
    expect(kept).toEqual([{ keys }])
    expect(bench.partSources.map(({ id }) => id)).toEqual(['a'])
    expect(bench.sources[0]?.memoryBytes).toBe(6e8)
  })

  test('was decided on before: nobody is asked again', async () => {
    const { bench, loader, asked } = setUp({ estimate: async () => estimate })
    await loader.add([{ ...bigFile('a'), keep: {} }])
    expect(asked).toEqual(['load a'])
    expect(bench.partSources).toEqual([])
  })

  test('is read again for fields that were left out', async () => {
    const told: unknown[] = []
    const { bench, loader, asked, changes } = setUp({
      readFields: async (id, fields) => {
        told.push([id, fields])
        const { report } = bench.sources[0]!
        const keep = { fields: ['a', ...fields] }
        return fields.includes('gone')
          ? { ok: false, problem: 'It changed.' }
          : { ok: true, value: { id, name: id, active: true, report: report!, keep } }
      },
    })
    await loader.add([{ ...bigFile('a'), keep: { fields: ['a'] } }])
    const [source] = bench.sources
    const before = changes()
    await loader.readFields(source!, ['b'])
    expect([told, asked]).toEqual([[['a', ['b']]], ['load a']])
    expect([source!.phase, source!.keep]).toEqual(['ready', { fields: ['a', 'b'] }])
    expect(changes()).toBe(before + 1)
    await loader.readFields(source!, ['gone'])
    expect([source!.phase, source!.keep]).toEqual(['ready', { fields: ['a', 'b'] }])
    expect(bench.notices.list.map(({ text }) => text)).toEqual(['It changed.'])
  })

  test('is asked about with what the own limit leaves', async () => {
    const limits: unknown[] = []
    const { bench, loader } = setUp({
      estimate: async (_, __, limit) => {
        limits.push(limit)
        return { ...estimate, fits: true }
      },
    })
    await loader.add([bigFile('a')])
    bench.memoryLimit = 4e9
    await loader.add([bigFile('b')])
    expect(limits).toEqual([undefined, 1e9])
  })

  test('is closed without a word to the engine', async () => {
    const { bench, loader, asked } = setUp({ estimate: async () => estimate })
    await loader.add([bigFile('a')])
    await loader.remove(bench.sources[0]!)
    expect([asked, bench.sources, bench.asked]).toEqual([[], [], undefined])
  })
})
