import type { EngineApi } from '../../worker/api'
import type { OpenRule } from './open-rule.svelte'

/** Asks what the clauses of the rule on screen let pass, once its matches stand. */
export class CoverageReader {
  /** The last question; the same one is asked once. */
  private asked = ''

  constructor(private readonly engine: Pick<EngineApi, 'coverage'>) {}

  /** Called when another rule is on screen, or has another answer. */
  async readOf(rule: OpenRule): Promise<void> {
    const { id, freshAnswer, settled: ticket, ranText: text } = rule
    const question = `${id} ${ticket}`
    if (!freshAnswer || this.asked === question) return
    this.asked = question
    if (rule.coverage?.answer.ticket === ticket) return
    try {
      const answer = await this.engine.coverage(id, ticket)
      if (answer && rule.settled === ticket) rule.coverage = { answer, text }
      else if (this.asked === question) this.asked = ''
    } catch {
      // The engine stopped; the rule runs again once it is fed.
    }
  }
}
