import type { EngineApi } from '../../worker/api'
import type { OpenRule } from './open-rule.svelte'
import { textOf } from './rule-text'

/** Asks whether the events have what the rule on screen needs, once it has been tried. */
export class FitReader {
  /** The last question; the same one is asked once. */
  private asked = ''

  constructor(private readonly engine: Pick<EngineApi, 'fit'>) {}

  /**
   * Called when another rule is on screen, or has another answer, be that an error: what
   * cannot run for want of fields is held against the events, too. `version`: of these.
   */
  async readOf(rule: OpenRule, version: number): Promise<void> {
    const { id, state, text } = rule
    if (state === 'running' || state === 'idle') return
    const question = JSON.stringify([id, version, text])
    if (this.asked === question) return
    this.asked = question
    try {
      const request = { ruleId: id, ...textOf(rule), patterns: rule.rule.index }
      const answer = await this.engine.fit(request)
      if (answer && rule.text === text) rule.fit = answer
      else if (this.asked === question) this.asked = ''
    } catch {
      // The engine stopped; the rule runs again once it is fed.
      this.asked = ''
    }
  }
}
