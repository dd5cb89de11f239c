import type { Diagnostic } from '../../language/diagnostics'
import type { Query } from '../../language/ast'
import { parseQuery } from '../../language/parse'
import { fieldsIn, keyNamesOf, stepsOf } from '../../language/walk'
import { EngineStopped, type EngineClient } from '../../worker/client'
import type { RunRequest } from '../../worker/api'
import type { OpenRule } from './open-rule.svelte'
import { joinAnswer, type ShownOutcome } from './shown-answer'
import { sayEngineFault, sayOtherLanguage, sayRunFailed } from './wording'
import type { Workbench } from './workbench.svelte'

/** How long typing rests before the text is run, ms. */
const REST = 250
/** Texts are read so long before the page gets a turn, ms. */
const SLICE = 15

/**
 * From a change to its verdict:
 *
 *     text ─► parsed here at once ─► rest 250 ms ─► run with the next ticket ─► newest wins
 *     data ───────────────────────────────────────► all rules, the visible one first
 *
 * A text that does not parse is not run: its rule keeps the last good outcome, stale.
 */
export class RunLoop {
  readonly #bench: Workbench
  readonly #engine: EngineClient
  readonly #resting = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #waiting = new Set<OpenRule>()
  #isPumping = false
  #paused = 0

  constructor(bench: Workbench, engine: EngineClient) {
    this.#bench = bench
    this.#engine = engine
  }

  /** Takes a new text of a rule; the answer comes when typing rests. */
  edit(rule: OpenRule, text: string): void {
    if (text === rule.text) return
    rule.text = text
    if (!this.#prepare(rule)) return
    this.#resting.set(
      rule.id,
      setTimeout(() => this.runNow(rule), REST),
    )
  }

  /** Runs the text as it stands, without waiting. */
  runNow(rule: OpenRule): void {
    if (this.#prepare(rule)) void this.#run(rule)
  }

  /** Runs every open rule; called when the events or their fields have changed. */
  runAll(): void {
    this.runInTurn(this.#bench.rules)
  }

  /** Runs rules one after another, the visible one first. */
  runInTurn(rules: readonly OpenRule[]): void {
    for (const rule of rules) {
      this.#reset(rule)
      this.#waiting.add(rule)
    }
    // What one looks at tells its problems at once; the others when their turn comes, as
    // reading a thousand texts in one go would hold the page up.
    const visible = this.#bench.rule
    if (visible && this.#waiting.has(visible) && !isRunnable(visible))
      this.#waiting.delete(visible)
    void this.#pump()
  }

  /** Stops what runs and what waits, of one rule or of all; what was found before stays. */
  stop(rules: readonly OpenRule[] = this.#bench.rules): void {
    for (const rule of rules) {
      if (rule.state !== 'running') continue
      this.#reset(rule)
      rule.state = 'stopped'
    }
  }

  /** Drops what is pending of a rule that is closed. */
  async close(rule: OpenRule): Promise<void> {
    clearTimeout(this.#resting.get(rule.id))
    this.#waiting.delete(rule)
    await this.#engine.forget(rule.id)
  }

  /** Parses the text and says whether it is worth running. */
  #prepare(rule: OpenRule): boolean {
    this.#reset(rule)
    return isRunnable(rule)
  }

  /** From here on no answer to an earlier text or of earlier events counts. */
  #reset(rule: OpenRule): void {
    clearTimeout(this.#resting.get(rule.id))
    const isSent = rule.state === 'running' && !this.#waiting.delete(rule)
    if (isSent) void this.#engine.stop(rule.id).catch(() => undefined)
    rule.ticket++
    rule.settled = -1
    rule.state = 'running'
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    for (let rule = this.#next(); rule; rule = this.#next()) {
      this.#waiting.delete(rule)
      if (isRunnable(rule)) await this.#run(rule)
      else await this.#pause()
    }
    this.#isPumping = false
  }

  /** Lets the page breathe now and then between texts that are not worth running. */
  async #pause(): Promise<void> {
    if (performance.now() - this.#paused < SLICE) return
    await new Promise((resume) => setTimeout(resume))
    this.#paused = performance.now()
  }

  #next(): OpenRule | undefined {
    // A new engine holds nothing yet; once it is fed, all rules run again.
    if (this.#bench.isRestarting) return undefined
    const visible = this.#bench.rule
    if (visible && this.#waiting.has(visible)) return visible
    const [first] = this.#waiting
    return first
  }

  async #run(rule: OpenRule): Promise<void> {
    const ticket = rule.ticket
    try {
      const outcome = await this.#engine.run(requestOf(rule))
      const found =
        outcome?.answer && (await this.#engine.findNearMisses(rule.id, ticket))
      if (outcome && ticket === rule.ticket) settle(rule, joinAnswer(outcome, found))
    } catch (error) {
      // When the engine stopped, all rules run again once a new one is fed.
      if (error instanceof EngineStopped || ticket !== rule.ticket) return
      rule.state = 'error'
      rule.problems = [
        wholeText('engine-fault', sayEngineFault(String(error)), rule.text),
      ]
    }
  }
}

/** Reads the text, and says whether it is worth running. */
function isRunnable(rule: OpenRule): boolean {
  check(rule)
  rule.state = rule.errors > 0 ? 'error' : 'running'
  return rule.errors === 0
}

/** Parses the text: its problems, and the fields it names. */
function check(rule: OpenRule): void {
  const { language } = rule.rule
  if (language !== 'eql') {
    rule.problems = [wholeText('other-language', sayOtherLanguage(language), rule.text)]
    return
  }
  const { query, diagnostics } = parseQuery(rule.text)
  rule.problems = diagnostics
  if (query) rule.named = fieldNamesOf(query)
  if (rule.fields.length === 0) rule.fields = rule.named
}

/** A problem that has no place of its own in the text. */
const wholeText = (code: string, message: string, text: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  from: 0,
  to: text.length,
})

/** Every field a query names, each once: join keys, then conditions in order. */
function fieldNamesOf(query: Query): readonly string[] {
  const steps = stepsOf(query)
  const keys = steps.flatMap((_, step) => keyNamesOf(query, step))
  const named = steps.flatMap((step) => fieldsIn(step.query.condition))
  return [...new Set([...keys, ...named.map(({ name }) => name)])]
}

const requestOf = (rule: OpenRule): RunRequest => ({
  ruleId: rule.id,
  ticket: rule.ticket,
  query: rule.text,
  ...fieldsOfRule(rule),
})

/** The fields a rule names for time, order and category. */
export const fieldsOfRule = ({ rule }: OpenRule) => ({
  timestampField: rule.timestampField,
  tiebreakerField: rule.tiebreakerField,
  eventCategoryField: rule.eventCategoryOverride,
})

function settle(rule: OpenRule, outcome: ShownOutcome): void {
  rule.settled = outcome.ticket
  rule.problems = withFailure(outcome, rule.text)
  rule.latest = outcome
  rule.ranText = rule.text
  if (outcome.answer) {
    rule.outcome = outcome
    rule.fields = rule.named
  }
  rule.state = outcome.answer ? 'done' : 'error'
}

function withFailure(outcome: ShownOutcome, text: string): readonly Diagnostic[] {
  if (!outcome.failure) return outcome.diagnostics
  const { type, reason } = outcome.failure
  return [...outcome.diagnostics, wholeText(type, sayRunFailed(reason), text)]
}
