import type {
  EngineApi,
  MatchView,
  NearMissView,
  RuleText,
  RunOutcome,
} from '../../worker/api'

/** What some events come to under a rule, with the events told by their line, from 0. */
export interface Verdict {
  readonly matchCount: number
  readonly nearMissCount: number
  /** Those that were asked for. */
  readonly matches: readonly MatchView[]
  readonly nearMisses: readonly NearMissView[]
}

type Engine = Pick<
  EngineApi,
  'load' | 'remove' | 'run' | 'findNearMisses' | 'matches' | 'nearMisses' | 'setMapping'
>

/** So many results are looked through for the one that is passed on. */
const MOST = 500
/** Only one rule is ever in it. */
const RULE = 'shared'

/**
 * An engine of its own that answers what events come to, without a trace in the one whose
 * events are on the page. One question at a time.
 */
export class WitnessEngine {
  #asked = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly engine: Engine) {}

  /** The mapping that the events are read by; undefined for the union of all there is. */
  async useMapping(text: string | undefined): Promise<void> {
    await this.engine.setMapping(text ?? null)
  }

  /** Undefined when the rule does not run on them. */
  ask(rule: RuleText, lines: readonly string[]): Promise<Verdict | undefined> {
    const mine = this.#turn.then(() => this.#ask(rule, lines))
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #ask(rule: RuleText, lines: readonly string[]): Promise<Verdict | undefined> {
    const { engine } = this
    const ticket = ++this.#asked
    const id = `${RULE} ${ticket}`
    const blob = new Blob([lines.join('\n')])
    // All at once: the engine takes them in turn, and one way there and back is enough.
    const [, outcome, found] = await Promise.all([
      engine.load({ id, name: 'shared.ndjson', blob }, () => undefined),
      engine.run({ ...rule, ruleId: RULE, ticket }),
      engine.findNearMisses(RULE, ticket),
    ])
    const verdict = await this.#read(outcome, ticket, found)
    await engine.remove(id)
    return verdict
  }

  async #read(
    outcome: RunOutcome | undefined,
    ticket: number,
    found: { readonly count: number; readonly list: readonly NearMissView[] } | undefined,
  ): Promise<Verdict | undefined> {
    if (!outcome?.answer || !found) return undefined
    const { matchCount, matches } = outcome.answer
    const { count: nearMissCount, list } = found
    return {
      matchCount,
      nearMissCount,
      matches: await this.#all(matches, matchCount, (from, count) =>
        this.engine.matches(RULE, ticket, from, count),
      ),
      nearMisses: await this.#all(list, nearMissCount, (from, count) =>
        this.engine.nearMisses(RULE, ticket, from, count),
      ),
    }
  }

  async #all<T>(
    first: readonly T[],
    count: number,
    more: (from: number, count: number) => Promise<readonly T[] | undefined>,
  ): Promise<readonly T[]> {
    if (first.length >= Math.min(count, MOST)) return first
    return [...first, ...((await more(first.length, MOST)) ?? [])]
  }
}
