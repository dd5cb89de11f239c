import type { OpenRule } from '../state/open-rule.svelte'

type Ask<T> = (ruleId: string, ticket: number) => Promise<T | undefined>

/**
 * What the engine says of a rule's last answer, asked when someone looks and again with
 * every newer answer. Until that comes what was said of the earlier one stays, stale.
 */
export class Asked<T> {
  found = $state.raw<T | undefined>()
  isAsking = $state(false)
  /** The run and the text that `found` is of. */
  ruleId = $state('')
  ticket = $state(-1)
  text = $state('')
  readonly #ask: Ask<T>
  #newest = 0

  constructor(ask: Ask<T>) {
    this.#ask = ask
  }

  /** Asks, unless that is known. Nothing is asked before a rule has its whole answer. */
  async about({ id, outcome, ranText, state }: OpenRule): Promise<void> {
    if (this.ruleId !== id) this.found = undefined
    if (state !== 'done' || !outcome?.answer) return
    const { ticket } = outcome
    if (this.found !== undefined && this.ruleId === id && this.ticket === ticket) return
    const question = ++this.#newest
    this.isAsking = true
    this.ruleId = id
    // An engine that stopped is fed again, and the rule runs anew.
    const found = await this.#ask(id, ticket).catch(() => undefined)
    if (question !== this.#newest) return
    this.isAsking = false
    if (found === undefined) return
    this.found = found
    this.ticket = ticket
    this.text = ranText
  }

  /** Whether what is known is of the rule's text and events as they are now. */
  isOf(rule: OpenRule): boolean {
    return (
      this.found !== undefined &&
      this.ruleId === rule.id &&
      rule.state === 'done' &&
      rule.outcome?.ticket === this.ticket &&
      rule.text === this.text
    )
  }
}
