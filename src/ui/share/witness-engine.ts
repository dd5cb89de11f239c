import type {
  EngineApi,
  MatchView,
  NearMissView,
  RuleText,
  RunAnswer,
  RunOutcome,
} from '../../worker/api'
import type { EventLimits } from '../../worker/hiding-filter'
import type { StepExplanation } from '../../worker/why-api'

/** A rule, the events it is asked of as NDJSON lines, and how they are to be read. */
export interface Question {
  readonly rule: RuleText & EventLimits
  readonly lines: readonly string[]
  /** Text of the index mapping; undefined for the union of all there is. */
  readonly mapping?: string | undefined
}

/** What some events come to under a rule, with the events told by their line, from 0. */
export interface Verdict {
  readonly answer: Pick<RunAnswer, 'kind' | 'stepCount' | 'maxspanMs'>
  readonly matchCount: number
  readonly nearMissCount: number
  /** Those that were asked for. */
  readonly matches: readonly MatchView[]
  readonly nearMisses: readonly NearMissView[]
}

/** Why the event of a line does or does not satisfy each step. */
export type Explain = (line: number) => Promise<readonly StepExplanation[]>

type Engine = Pick<
  EngineApi,
  | 'load'
  | 'remove'
  | 'run'
  | 'findNearMisses'
  | 'matches'
  | 'nearMisses'
  | 'setMapping'
  | 'explainEvent'
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
  #mapping: string | undefined

  constructor(private readonly engine: Engine) {}

  /** Undefined when the rule does not run on them. */
  ask(question: Question): Promise<Verdict | undefined> {
    return this.study(question, (verdict) => Promise.resolve(verdict))
  }

  /** What `look` makes of the verdict, while its events are still there. */
  study<Seen>(
    question: Question,
    look: (verdict: Verdict, explain: Explain) => Promise<Seen>,
  ): Promise<Seen | undefined> {
    const mine = this.#turn.then(() => this.#study(question, look))
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #study<Seen>(
    { rule, lines, mapping }: Question,
    look: (verdict: Verdict, explain: Explain) => Promise<Seen>,
  ): Promise<Seen | undefined> {
    const { engine } = this
    const ticket = ++this.#asked
    const id = `${RULE} ${ticket}`
    const blob = new Blob([lines.join('\n')])
    if (mapping !== this.#mapping) await engine.setMapping(mapping ?? null)
    this.#mapping = mapping
    const explain: Explain = async (line) =>
      (await engine.explainEvent(RULE, ticket, line)) ?? []
    try {
      // All at once: the engine takes them in turn, and one way there and back is enough.
      const [, outcome, found] = await Promise.all([
        engine.load({ id, name: 'shared.ndjson', blob }, () => undefined),
        engine.run({ ...rule, ruleId: RULE, ticket }),
        engine.findNearMisses(RULE, ticket),
      ])
      const verdict = await this.#read(outcome, ticket, found)
      return verdict && (await look(verdict, explain))
    } finally {
      // Whatever came of it, the next question is of other events.
      await engine.remove(id)
    }
  }

  async #read(
    outcome: RunOutcome | undefined,
    ticket: number,
    found: { readonly count: number; readonly list: readonly NearMissView[] } | undefined,
  ): Promise<Verdict | undefined> {
    if (!outcome?.answer || !found) return undefined
    const { answer } = outcome
    const { matchCount } = answer
    const { count: nearMissCount, list } = found
    return {
      answer,
      matchCount,
      nearMissCount,
      matches: await this.#all(answer.matches, matchCount, (from, count) =>
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
