import type { RepairAnswer, RepairApi } from '../../worker/repair-api'
import type { OpenRule } from './open-rule.svelte'

/** Looks for the edits that mend the near miss one looks at, and for no other. */
export class RepairFinder {
  readonly #engine: Pick<RepairApi, 'findRepairs'>
  #asked = ''
  answer = $state.raw<RepairAnswer | undefined>()
  searching = $state(false)

  constructor(engine: Pick<RepairApi, 'findRepairs'>) {
    this.#engine = engine
  }

  /** `nearMiss`: its place in the list; undefined when none is chosen. */
  look(rule: OpenRule | undefined, nearMiss: number | undefined): void {
    const { outcome } = rule ?? {}
    const isReady = rule?.state === 'done' && !rule.isStale && !rule.searching
    if (!isReady || !outcome || nearMiss === undefined) return this.#forget()
    const name = `${outcome.version} ${outcome.ticket} ${nearMiss} ${rule.id}`
    if (name === this.#asked) return
    this.#forget()
    this.#asked = name
    void this.#find(name, rule.id, outcome.ticket, nearMiss)
  }

  async #find(
    name: string,
    ruleId: string,
    ticket: number,
    nearMiss: number,
  ): Promise<void> {
    this.searching = true
    const found = await this.#engine
      .findRepairs(ruleId, ticket, nearMiss)
      .catch(() => undefined)
    if (name !== this.#asked) return
    this.searching = false
    this.answer = found
  }

  #forget(): void {
    this.#asked = ''
    this.searching = false
    this.answer = undefined
  }
}
