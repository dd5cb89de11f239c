import { judgeTest } from '../../rules/judge-test'
import type { RuleTest, TestEvent, TestOutcome } from '../../rules/test-case'
import type { TestRequest } from '../../worker/api'
import type { EngineClient } from '../../worker/client'

/** A case, what became of it, and what of that is not as expected. */
export interface JudgedTest {
  readonly test: RuleTest
  readonly outcome: TestOutcome
  readonly wrong: readonly string[]
}

type Rule = Omit<TestRequest, 'cases'>
/** Reads the events that stand beside the cases, in the file of this name. */
type LoadEvents = (name: string) => Promise<string>

/** Runs the cases of one rule; of texts that come faster than answers, the newest. */
export class TestRuns {
  readonly #engine: EngineClient
  readonly #tests: readonly RuleTest[]
  readonly #loadEvents: LoadEvents
  #next: Rule | undefined
  isRunning = $state(false)
  judged = $state.raw<readonly JudgedTest[]>([])
  /** The query that `judged` is of. */
  query = $state<string | undefined>()

  constructor(engine: EngineClient, tests: readonly RuleTest[], loadEvents: LoadEvents) {
    this.#engine = engine
    this.#tests = tests
    this.#loadEvents = loadEvents
  }

  get passed(): number {
    return this.judged.filter(({ wrong }) => wrong.length === 0).length
  }

  async run(rule: Rule): Promise<void> {
    this.#next = rule
    if (this.isRunning) return
    this.isRunning = true
    for (let asked = this.#takeNext(); asked;) {
      const { query } = asked
      // Undefined when the engine stopped or the events are out of reach: the next text
      // asks again.
      const outcomes = await this.#ask(asked).catch(() => undefined)
      asked = this.#takeNext()
      if (!outcomes || asked) continue
      this.judged = this.#judge(outcomes)
      this.query = query
    }
    this.isRunning = false
  }

  #takeNext(): Rule | undefined {
    const next = this.#next
    this.#next = undefined
    return next
  }

  async #ask(rule: Rule): Promise<readonly TestOutcome[]> {
    const cases = await Promise.all(
      this.#tests.map(async ({ events }) =>
        'file' in events ? this.#loadEvents(events.file) : printEvents(events),
      ),
    )
    return this.#engine.checkTests({ ...rule, cases })
  }

  #judge(outcomes: readonly TestOutcome[]): readonly JudgedTest[] {
    return this.#tests.flatMap((test, place) => {
      const outcome = outcomes[place]
      return outcome ? [{ test, outcome, wrong: judgeTest(test, outcome) }] : []
    })
  }
}

const printEvents = (events: readonly TestEvent[]): string =>
  events.map((event) => JSON.stringify(event)).join('\n')
