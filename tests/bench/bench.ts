import { cpus } from 'node:os'
import { loadHost } from './engine'
import { makeRules, RULE_COUNT } from './data/made-rules'
import { setClock } from './clock'
import { readEngineSize } from './engine-size'
import { withEventFile, type EventFile } from './event-file'
import { fitQueries } from './fit-queries'
import { measureEventGrowth, measureRuleGrowth } from './growth'
import { measure } from './measure'
import { collectGarbage, measureMemory, MEMORY_OF, printMemory } from './memory'
import { HELP, readOptions, type Options } from './options'
import { readThreadTime } from './thread-clock'
import { comparePeers } from './peers/peers'
import { readQueries } from './read-queries'
import { flatOfPlain, tableOfSummary, type Summed } from './summary'
import {
  printMarkdown,
  printPlain,
  tableOfFigures,
  tableOfGrowth,
  tableOfMemory,
  tableOfMoments,
  tableOfPeers,
  type Table,
} from './table'

/*
 * Times of one run mean little on a shared machine; ratios within it do. "parse" is
 * decode, split and JSON.parse of every line of the same file, nothing kept, measured
 * before and after everything else in every repeat.
 */

const count = (value: number): string => value.toLocaleString('en')

const say = (text: string): void => void process.stdout.write(text)

/** How far it is, to who waits, and not into a file. */
const tell = (text: string): void => void process.stderr.write(text)

class Bench {
  private readonly print: (table: Table) => string
  private readonly columns: Summed[] = []

  constructor(private readonly options: Options) {
    this.print = options.markdown ? printMarkdown : printPlain
  }

  async run(): Promise<void> {
    const { data, events, growTo, markdown } = this.options
    for (const name of data)
      await withEventFile(name, events, (file) => this.measureFile(file))
    if (markdown) this.showSummary()
    const size = readEngineSize()
    if (size)
      say(`WebAssembly: ${String(size.bytes)} bytes, ${String(size.gzipped)} gzipped\n\n`)
    if (growTo > 0)
      await withEventFile(data[0] ?? 'lean', growTo, (file) => this.measureGrowth(file))
  }

  private measureFile(file: EventFile): Promise<void> {
    if (file.name !== 'real-like') return this.measureWith(file)
    return withEventFile('flat', file.events, (flat) => this.measureWith(file, flat))
  }

  private async measureWith(file: EventFile, flat?: EventFile): Promise<void> {
    const { repeats, browser, peers } = this.options
    const queries = await this.queriesFor(file)
    const measured = await measure({
      blob: await file.head(file.events),
      flat: await flat?.head(flat.events),
      queries,
      thousand: this.thousandOf(queries),
      repeats,
      settle: collectGarbage,
      onRepeat: (done) => tell(`${file.name}: ${String(done)} of ${String(repeats)}\n`),
    })
    const memory = measureMemory(file.path)
    const flatBytes = flat?.bytes
    this.tellOf(file, { title: `${file.name}, Node`, flatBytes, measured, ...memory })
    if (browser) await this.measureInBrowser(file, queries, flat)
    if (peers) await this.measurePeers(file)
  }

  private async measureInBrowser(
    file: EventFile,
    queries: readonly string[],
    flat: EventFile | undefined,
  ): Promise<void> {
    const { measureInChromium } = await import('./browser/in-chromium')
    tell(`${file.name}: in Chromium\n`)
    const answered = await measureInChromium(
      [file, ...(flat ? [flat] : [])],
      {
        queries,
        thousand: this.thousandOf(queries),
        repeats: this.options.repeats,
      },
      this.options.cpuTime,
    )
    const title = `${file.name}, Chromium`
    const flatBytes = flat?.bytes
    this.tellOf(file, { title, flatBytes, held: undefined, ...answered })
  }

  /** In Markdown all columns stand in one table at the end. */
  private tellOf(file: EventFile, told: Omit<Summed, 'bytes'>): void {
    this.columns.push({ ...told, bytes: file.bytes })
    if (this.options.markdown) return
    const { title, flatBytes, measured, held, peak } = told
    say(
      `${title}: ${count(file.events)} events, ${(file.bytes / 1e6).toFixed(0)} MB, ` +
        `medians of ${String(this.options.repeats)}\n\n`,
    )
    this.show(tableOfFigures(measured.figures, file.bytes))
    if (flatBytes !== undefined)
      say(
        `flat JSON to ECS, of plain: ${flatOfPlain({ measured, flatBytes, ...file })}\n\n`,
      )
    this.show(tableOfMoments(measured))
    this.show(tableOfMemory({ held, peak }, file))
    say(`${count(measured.matches)} matches of all rules\n\n`)
  }

  private showSummary(): void {
    const { events, repeats } = this.options
    const [cpu] = cpus()
    say(
      `${count(events)} events, medians of ${String(repeats)}, ` +
        `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ` +
        `${String(cpus().length)} x ${cpu?.model ?? 'unknown'}\n\n`,
    )
    this.show(tableOfSummary(this.columns))
  }

  private async measurePeers(file: EventFile): Promise<void> {
    const { times, notes, hits } = await comparePeers(file)
    say(`${file.name}: what the steps of the five bundled rules ask\n\n`)
    this.show(tableOfPeers(times))
    say(`hits of each step, the same everywhere: ${hits.join(', ')}\n\n`)
    for (const note of notes) say(`${note}\n\n`)
  }

  private async measureGrowth(file: EventFile): Promise<void> {
    const queries = await this.queriesFor(file)
    say(`growth, ${file.name}, ${String(queries.length)} rules, medians of 3\n\n`)
    this.show(tableOfGrowth(await measureEventGrowth(file, queries), 'events'))
    const few = { ...file, events: Math.min(file.events, this.options.events) }
    this.show(tableOfGrowth(await measureRuleGrowth(few, queries), 'rules'))
  }

  /** The rules that have an answer over such events. */
  private async queriesFor(file: EventFile): Promise<readonly string[]> {
    if (this.options.rules === undefined) return makeRules(RULE_COUNT)
    const host = await loadHost(await file.head(10_000))
    const fitted = await fitQueries(host, readQueries(this.options.rules))
    tell(`${String(fitted.eased)} rules name fields that these events lack\n`)
    for (const [refusal, count] of fitted.refused)
      tell(`left out ${String(count)}: ${refusal}\n`)
    return fitted.queries
  }

  /** Those there are and more of their kind; of rules of elsewhere the first. */
  private thousandOf(queries: readonly string[]): readonly string[] | undefined {
    if (this.options.rules === undefined) return makeRules(1000)
    return queries.length < 1000 ? undefined : queries.slice(0, 1000)
  }

  private show(table: Table): void {
    say(`${this.print(table)}\n`)
  }
}

// Blobs of files are called experimental by the oldest Node that we run in.
process.removeAllListeners('warning')
const words = process.argv.slice(2)
const options = readOptions(words)
if (words[0] === MEMORY_OF) await printMemory(words[1] ?? '')
else if (typeof options === 'string') {
  const isMistake = options !== HELP
  process.stderr.write(isMistake ? `${options}\n\n${HELP}` : HELP)
  process.exitCode = isMistake ? 2 : 0
} else {
  if (options.cpuTime) setClock(() => readThreadTime())
  await new Bench(options).run()
}
