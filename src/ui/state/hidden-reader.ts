import type { HidingApi } from '../../worker/hiding-api'
import type { OpenRule } from './open-rule.svelte'
import { listHiding } from './rule-filters'
import { textOf } from './rule-text'

/** Asks what the exceptions of the rule on screen hide, once that is looked at. */
export class HiddenReader {
  /** The last question; the same one is asked once. */
  private asked = ''

  constructor(private readonly engine: Pick<HidingApi, 'countHidden'>) {}

  /** Called when the rule has run, or its events have changed. `version`: of these. */
  async readOf(rule: OpenRule, version: number): Promise<void> {
    const { id, state, text, onlyIndices } = rule
    const filters = listHiding(rule)
    if (filters.length === 0 || state === 'running' || state === 'idle') return
    const question = JSON.stringify([id, version, text, onlyIndices, filters])
    if (this.asked === question) return
    this.asked = question
    const indices = onlyIndices ? rule.rule.index : undefined
    const answer = await this.engine
      .countHidden({ ruleId: id, ...textOf(rule), indices, filters })
      .catch(() => undefined)
    if (this.asked !== question) return
    // Overtaken, or the engine stopped: it is asked again when there is a new answer.
    if (!answer) this.asked = ''
    else rule.hidden = answer
  }
}
