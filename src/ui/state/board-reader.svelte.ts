import type { BoardAnswer, BoardApi, RunSpread } from '../../worker/board-api'
import type { OpenRule } from './open-rule.svelte'

/** How many results have events of a source; near misses once they have been looked for. */
export interface BoardCount {
  readonly matches: number
  readonly nearMisses: number | undefined
}

/** Over which sources the results of one rule are spread. */
export interface RuleSpread {
  /** By ids of sources. */
  readonly bySource: ReadonlyMap<string, BoardCount>
  /** Results with events of several sources; they count with each of these. */
  readonly across: BoardCount
}

/** So many rules are asked about at once: between, the engine has an ear for others. */
const BATCH = 250

/** Asks over which sources the results of rules are spread, as their answers come in. */
export class BoardReader {
  readonly #engine: Pick<BoardApi, 'countBySource'>
  /** By ids of rules; of a rule that runs anew the last one stays until it has answered. */
  spreads = $state.raw<ReadonlyMap<string, RuleSpread>>(new Map())
  /** Which answer of a rule was asked about last. */
  readonly #asked = new WeakMap<OpenRule, string>()
  #wanted: ReadonlyMap<string, OpenRule> = new Map()
  #isReading = false

  constructor(engine: Pick<BoardApi, 'countBySource'>) {
    this.#engine = engine
  }

  /** To be called with all rules whenever one of their answers has changed. */
  async read(rules: readonly OpenRule[]): Promise<void> {
    this.#wanted = new Map(rules.map((rule) => [rule.id, rule]))
    if (this.#isReading) return
    this.#isReading = true
    for (let batch = this.#next(); batch.length > 0; batch = this.#next())
      await this.#ask(batch)
    this.#isReading = false
  }

  #next(): readonly OpenRule[] {
    const unknown: OpenRule[] = []
    for (const rule of this.#wanted.values()) {
      const name = nameAnswer(rule)
      if (name !== undefined && this.#asked.get(rule) !== name) unknown.push(rule)
      if (unknown.length === BATCH) break
    }
    return unknown
  }

  async #ask(rules: readonly OpenRule[]): Promise<void> {
    for (const rule of rules) this.#asked.set(rule, nameAnswer(rule) ?? '')
    const runs = rules.flatMap(({ id, outcome }) =>
      outcome ? [{ ruleId: id, ticket: outcome.ticket }] : [],
    )
    // When the events have changed, or the engine stopped, other answers come.
    const answer = await this.#engine.countBySource(runs).catch(() => undefined)
    if (answer) this.#take(answer)
  }

  #take({ sources, runs }: BoardAnswer): void {
    const spreads = new Map(
      [...this.spreads].filter(([ruleId]) => this.#wanted.has(ruleId)),
    )
    for (const run of runs) spreads.set(run.ruleId, readSpread(sources, run))
    this.spreads = spreads
  }
}

/** Another name for every answer whose spread may be another; undefined without one. */
const nameAnswer = ({ outcome }: OpenRule): string | undefined =>
  outcome?.answer &&
  `${outcome.ticket} ${outcome.version} ${outcome.answer.nearMissCount ?? ''}`

const readSpread = (
  sources: readonly string[],
  { matches, nearMisses }: RunSpread,
): RuleSpread => ({
  bySource: new Map(
    sources.map((id, place) => [
      id,
      { matches: matches.counts[place] ?? 0, nearMisses: nearMisses?.counts[place] },
    ]),
  ),
  across: { matches: matches.across, nearMisses: nearMisses?.across },
})
