import type { Diagnostic } from '../../language/diagnostics'
import type { NearMissAnswer, RunOutcome } from '../../worker/api'
import { EngineStopped, type EngineClient } from '../../worker/client'
import type { OpenRule } from './open-rule.svelte'
import { wholeText } from './read-text'
import { isKnownUnsound, isRunnable, requestOf } from './rule-text'
import { textBefore } from './scratch-version'
import { withoutNearMisses } from './shown-answer'
import { Crowd, Turns } from './turns'
import { sayEngineFault, sayRunFailed } from './wording'
import type { Workbench } from './workbench.svelte'

/** How long typing rests before the text is run, ms. */
const REST = 250
/** Matches wait so long for the near misses, ms: what is on screen changes once. */
const PATIENCE = 80

/**
 * From a change to its verdict:
 *
 *     text ─► parsed here at once ─► rest 250 ms ─┐
 *     events ─► every rule not asked for already ─┴► run with the next ticket ─► matches
 *                                                                  near misses ◄─┘
 *
 * Of each rule the newest ticket wins. The engine has a queue of its own, so all rules
 * are asked for at once; while events are still coming it answers for those so far, too.
 * A text that does not parse is not run: its rule keeps the last good outcome, stale.
 */
export class RunLoop {
  readonly #bench: Workbench
  readonly #engine: EngineClient
  readonly #resting = new Map<string, ReturnType<typeof setTimeout>>()
  /** To be read and asked for. */
  readonly #waiting = new Set<OpenRule>()
  /** Asked for and not answered, by their tickets: they answer for the events of then. */
  readonly #asked = new Map<OpenRule, number>()
  readonly #turns = new Turns()
  readonly #arrived = new Crowd()
  #isPumping = false

  constructor(bench: Workbench, engine: EngineClient) {
    this.#bench = bench
    this.#engine = engine
  }

  /** Takes a new text of a rule; the answer comes when typing rests. */
  edit(rule: OpenRule, text: string): void {
    if (text === rule.text) return
    rule.text = text
    // Whatever way led back, there is nothing left to try out.
    if (rule.scratch && textBefore(rule.scratch) === text) rule.scratch = undefined
    const wasAsked = this.#asked.delete(rule)
    this.#reset(rule)
    if (wasAsked) void this.#engine.stop(rule.id).catch(() => undefined)
    if (!isRunnable(rule)) return
    this.#resting.set(
      rule.id,
      setTimeout(() => this.runNow(rule), REST),
    )
  }

  /** Runs the text as it stands, without waiting. */
  runNow(rule: OpenRule): void {
    this.#reset(rule)
    if (isRunnable(rule)) void this.#ask(rule)
  }

  /** Runs what has no answer of the events as they are; called when they have changed. */
  runOutdated(): void {
    const outdated = this.#bench.rules.filter((rule) => !this.#isLeftAlone(rule))
    this.runInTurn(outdated)
  }

  /** Runs rules, the visible one first. */
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
    const stopped = rules.filter((rule) => rule.isBusy)
    if (rules === this.#bench.rules) void this.#stopEngine(undefined)
    for (const rule of stopped) {
      const { state } = rule
      if (rules !== this.#bench.rules) void this.#stopEngine(rule.id)
      this.#asked.delete(rule)
      rule.searching = false
      // With the matches here, only the search for near misses ends.
      if (state !== 'running') continue
      this.#reset(rule)
      rule.state = 'stopped'
    }
  }

  /** Tells the engine which rule one looks at: its work goes first. */
  prefer(ruleId: string | undefined): void {
    void this.#engine.prefer(ruleId).catch(() => undefined)
  }

  /** Drops what is pending of a rule that is closed. */
  async close(rule: OpenRule): Promise<void> {
    clearTimeout(this.#resting.get(rule.id))
    this.#resting.delete(rule.id)
    this.#waiting.delete(rule)
    this.#asked.delete(rule)
    await this.#engine.forget(rule.id)
  }

  /** Whether nothing is to be asked for: it will answer, rests, or has answered for now. */
  #isLeftAlone(rule: OpenRule): boolean {
    if (this.#waiting.has(rule) || this.#asked.has(rule)) return true
    if (this.#resting.has(rule.id) || isKnownUnsound(rule)) return true
    if (rule.settled !== rule.ticket || !this.#isOfNow(rule.latest)) return false
    if (rule.state === 'running') this.#finish(rule)
    return true
  }

  #isOfNow(outcome: Pick<RunOutcome, 'version' | 'answer'> | undefined): boolean {
    const { isReading, isRestarting, engine } = this.#bench
    return !isReading && !isRestarting && outcome?.version === engine.version
  }

  /** From here on no answer to an earlier text or of earlier events counts. */
  #reset(rule: OpenRule): void {
    clearTimeout(this.#resting.get(rule.id))
    this.#resting.delete(rule.id)
    this.#waiting.delete(rule)
    rule.ticket++
    rule.settled = -1
    rule.searching = false
    rule.state = 'running'
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    for (let rule = this.#next(); rule; rule = this.#next()) {
      this.#waiting.delete(rule)
      if (isRunnable(rule)) void this.#ask(rule)
      await this.#turns.next()
    }
    this.#isPumping = false
  }

  #next(): OpenRule | undefined {
    // A new engine holds nothing yet; once it is fed, all rules run again.
    if (this.#bench.isRestarting) {
      this.#waiting.clear()
      return undefined
    }
    const visible = this.#bench.rule
    if (visible && this.#waiting.has(visible)) return visible
    const [first] = this.#waiting
    return first
  }

  async #ask(rule: OpenRule): Promise<void> {
    const { ticket } = rule
    this.#asked.set(rule, ticket)
    const onPartial = (outcome: RunOutcome): void => {
      if (outcome.answer) this.#arrive(rule, ticket, () => takeOutcome(rule, outcome))
    }
    try {
      const request = requestOf(rule)
      const outcome = await (this.#bench.isReading
        ? this.#engine.run(request, onPartial)
        : this.#engine.run(request))
      if (this.#asked.get(rule) === ticket) this.#asked.delete(rule)
      if (outcome) this.#arrive(rule, ticket, () => this.#settle(rule, outcome))
    } catch (error) {
      if (this.#asked.get(rule) === ticket) this.#asked.delete(rule)
      // When the engine stopped, all rules run again once a new one is fed.
      if (error instanceof EngineStopped || ticket !== rule.ticket) return
      rule.state = 'error'
      rule.problems = [
        wholeText('engine-fault', sayEngineFault(String(error)), rule.text),
      ]
    }
  }

  /** What one looks at changes at once, all else in a crowd. */
  #arrive(rule: OpenRule, ticket: number, take: () => void): void {
    const takeIfNew = (): void => {
      if (ticket === rule.ticket) take()
    }
    if (rule === this.#bench.rule) takeIfNew()
    else this.#arrived.add(takeIfNew)
  }

  #settle(rule: OpenRule, outcome: RunOutcome): void {
    if (this.#isOfNow(outcome)) this.#settleNow(rule, outcome)
    else if (this.#bench.isReading) {
      // More events come: this is the last word only if the next change finds it so.
      if (outcome.answer) takeOutcome(rule, outcome)
    } else if (!this.#bench.isRestarting) this.runInTurn([rule])
  }

  #settleNow(rule: OpenRule, outcome: RunOutcome): void {
    const show = (found?: NearMissAnswer): void => {
      takeOutcome(rule, outcome)
      if (found) rule.addNearMisses(found)
      rule.state = outcome.answer ? 'done' : 'error'
    }
    if (!outcome.answer) return show()
    // Its matches are shown alone if the near misses take their time.
    if (rule === this.#bench.rule) void this.#search(rule, show)
    else {
      show()
      void this.#search(rule)
    }
  }

  /** An answer that was thought to be of a part is of all. */
  #finish(rule: OpenRule): void {
    rule.state = rule.answer ? 'done' : 'error'
    if (rule.answer) void this.#search(rule)
  }

  /** Looks for near misses; `show` shows the matches, with them or at last without. */
  async #search(rule: OpenRule, show?: (found?: NearMissAnswer) => void): Promise<void> {
    const { ticket } = rule
    let isShown = show === undefined
    const showOnce = (found?: NearMissAnswer): boolean => {
      if (isShown || ticket !== rule.ticket) return false
      isShown = true
      show?.(found)
      return true
    }
    rule.searching = true
    const patience = setTimeout(showOnce, PATIENCE)
    const found = await this.#engine
      .findNearMisses(rule.id, ticket)
      .catch(() => undefined)
    clearTimeout(patience)
    this.#arrive(rule, ticket, () => {
      rule.searching = false
      if (!showOnce(found) && found) rule.addNearMisses(found)
    })
  }

  async #stopEngine(ruleId: string | undefined): Promise<void> {
    await this.#engine.stop(ruleId).catch(() => undefined)
  }
}

function takeOutcome(rule: OpenRule, outcome: RunOutcome): void {
  const shown = withoutNearMisses(outcome)
  rule.settled = outcome.ticket
  rule.problems = withFailure(outcome, rule.text)
  rule.latest = shown
  rule.ranText = rule.text
  if (!shown.answer) return
  rule.outcome = shown
  rule.fields = rule.named
}

function withFailure(outcome: RunOutcome, text: string): readonly Diagnostic[] {
  if (!outcome.failure) return outcome.diagnostics
  const { type, reason } = outcome.failure
  return [...outcome.diagnostics, wholeText(type, sayRunFailed(reason), text)]
}
