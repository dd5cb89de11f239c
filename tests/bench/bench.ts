import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readRules } from '../../src/rules/rule-file'
import { EngineHost } from '../../src/worker/host'
import { makeEvents, makeRules } from './generator'

/**
 * Times of one run mean little on a shared machine; ratios within it do. "parse" is
 * decode, split and JSON.parse of every line of the same file, nothing kept.
 *
 *   npm run bench -- [events] [repeats]
 */
const [eventCount = 200_000, repeats = 3] = process.argv.slice(2).map(Number)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

async function time(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function parseEveryLine(bytes: Uint8Array): number {
  let events = 0
  for (const line of new TextDecoder().decode(bytes).split('\n'))
    if (line !== '' && JSON.parse(line) !== null) events++
  return events
}

async function loadHost(blob: Blob): Promise<EngineHost> {
  const host = new EngineHost()
  await host.load({ id: 'bench', name: 'bench.ndjson', blob })
  return host
}

async function runRules(host: EngineHost, queries: readonly string[]): Promise<void> {
  for (const [i, query] of queries.entries()) {
    const outcome = await host.run({ ruleId: `rule ${String(i)}`, ticket: 1, query })
    const problem = outcome?.diagnostics.find(({ severity }) => severity === 'error')
    if (!outcome?.answer) throw new Error(`${query}\n${problem?.message ?? 'no answer'}`)
  }
}

const bundledRules = (): string[] => {
  const folder = join(process.cwd(), 'rules/windows')
  return readdirSync(folder).flatMap((name) =>
    readRules(readFileSync(join(folder, name, 'rule.toml'), 'utf8')).rules.map(
      ({ query }) => query,
    ),
  )
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes the process holds after collections; buffers go a turn later than their owners. */
async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage()
    await new Promise((resume) => setTimeout(resume, 50))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const five = bundledRules()
const runs: readonly (readonly [name: string, queries: readonly string[]])[] = [
  ['1 rule', five.slice(0, 1)],
  ['5 rules', five],
  ['100 rules', makeRules(100)],
]

const bytes = makeEvents(eventCount)
const blob = new Blob([bytes as BlobPart])
const times = new Map<string, number[]>()
const note = (name: string, ms: number): void => {
  times.set(name, [...(times.get(name) ?? []), ms])
}

/** Bytes an event takes in the engine, measured before anything else was loaded. */
async function measureBytesPerEvent(): Promise<number> {
  const before = await heldBytes()
  const host = await loadHost(blob)
  const held = (await heldBytes()) - before
  return held / (await host.state()).events
}

const bytesPerEvent = await measureBytesPerEvent()
for (let i = 0; i < repeats; i++) {
  note('parse', await time(() => parseEveryLine(bytes)))
  // A host of its own for each set of rules: what they learn is shared and kept.
  for (const [name, queries] of runs) {
    let host = new EngineHost()
    note('load', await time(async () => (host = await loadHost(blob))))
    collectGarbage()
    note(`${name}, cold`, await time(() => runRules(host, queries)))
    note(`${name}, warm`, await time(() => runRules(host, queries)))
  }
}

const parse = median(times.get('parse') ?? [])
const megabytes = bytes.length / 1e6
const print = (cells: readonly string[]): void => {
  const [name = '', ...rest] = cells
  process.stdout.write(
    name.padEnd(18) + rest.map((cell) => cell.padStart(14)).join('') + '\n',
  )
}
process.stdout.write(
  `${String(eventCount)} events, ${megabytes.toFixed(0)} MB, medians of ${String(repeats)}\n\n`,
)
print(['', 'ms', 'MB/s', 'part of parse'])
for (const [name, all] of times) {
  const ms = median(all)
  print([
    name,
    ms.toFixed(1),
    (megabytes / (ms / 1000)).toFixed(0),
    (ms / parse).toFixed(3),
  ])
}
process.stdout.write(
  `\nloading at ${(parse / median(times.get('load') ?? [])).toFixed(2)} times the speed of parse; ` +
    `${bytesPerEvent.toFixed(0)} bytes held per event of ${(bytes.length / eventCount).toFixed(0)}\n`,
)
