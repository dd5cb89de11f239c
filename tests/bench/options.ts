import { parseArgs } from 'node:util'
import { dataNames, type DataName } from './data/event-data'

export interface Options {
  readonly events: number
  readonly data: readonly DataName[]
  readonly repeats: number
  readonly browser: boolean
  /** How many events growth is measured up to; 0 for not at all. */
  readonly growTo: number
  readonly peers: boolean
  readonly markdown: boolean
  /** Times of the processor instead of the wall. */
  readonly cpuTime: boolean
  /** A file with other rules. */
  readonly rules?: string
}

export const HELP = `npm run bench -- [options]

  --events N      made-up events, 200000 unless told
  --data NAME     ${dataNames.join(', ')} or all; lean and real-like unless told
  --rules FILE    other rules: TOML, NDJSON, a JSON array of rules or of query texts
  --repeats N     medians of so many, 5 unless told
  --quick         20000 events, one repeat: only whether it runs
  --growth        also 10000 to a million events, and 1 to all rules
  --browser       also in Chromium, from a file, in a worker
  --peers         also jq, sqlite3 and duckdb, those that are there, on the bundled rules
  --markdown      a table for a README
  --cpu-time      what the processor spent on the thread, for a busy machine (Linux)
`

/** Reads the command line; a text to print instead when there is nothing to run. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        events: { type: 'string' },
        data: { type: 'string' },
        rules: { type: 'string' },
        repeats: { type: 'string' },
        help: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        growth: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        peers: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        'cpu-time': { type: 'boolean', default: false },
      },
    })
    if (values.help) return HELP
    const { quick, growth, browser, peers, markdown, rules } = values
    const events = readCount('--events', values.events, quick ? 20_000 : 200_000)
    const repeats = readCount('--repeats', values.repeats, quick ? 1 : 5)
    const data = readData(values.data)
    const growTo = growth ? (quick ? 30_000 : 1_000_000) : 0
    const cpuTime = values['cpu-time']
    const made = { events, repeats, data, growTo, browser, peers, markdown, cpuTime }
    return rules === undefined ? made : { ...made, rules }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function readCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const count = Number(text)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new Error(`${option} takes a number of one or more, not ${text}`)
}

function readData(text = 'lean,real-like'): readonly DataName[] {
  if (text === 'all') return dataNames
  return text.split(',').map((word) => {
    const name = dataNames.find((known) => known === word)
    if (name) return name
    throw new Error(`--data takes ${dataNames.join(', ')} or all, not ${word}`)
  })
}
