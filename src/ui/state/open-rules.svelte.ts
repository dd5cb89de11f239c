import { readRules } from '../../rules/rule-file'
import { OpenRule } from './open-rule.svelte'
import type { FoundRule } from './read-found-rules'
import type { RunLoop } from './run-loop.svelte'
import { Turns } from './turns'
import { SAY, sayRuleDeleted, sayRulesOpened } from './wording'
import type { Workbench } from './workbench.svelte'

/** What a new rule begins with: whole, so that it runs, and a sequence, as most need help with. */
const TEMPLATE = `sequence by host.id with maxspan=5m
  [process where event.type == "start"]
  [network where true]
`

/** Opening and closing rules: what the list of rules can do. */
export class OpenRules {
  readonly #bench: Workbench
  readonly #loop: RunLoop
  readonly #turns = new Turns()
  readonly #reserved = new Set<string>()

  constructor(bench: Workbench, loop: RunLoop) {
    this.#bench = bench
    this.#loop = loop
  }

  /** Opens rules, runs them, and shows the first. An id that is taken gets a number. */
  async add(rules: readonly FoundRule[]): Promise<void> {
    const taken = this.#takenIds()
    const ids = rules.map(({ rule }) => this.#reserve(rule.id, taken))
    const opened: OpenRule[] = []
    for (const [place, { rule, tests }] of rules.entries()) {
      const open = new OpenRule(rule, ids[place])
      open.tests = tests
      opened.push(open)
      await this.#turns.next()
    }
    this.#bench.addRules(opened)
    for (const id of ids) this.#reserved.delete(id)
    if (opened[0]) this.#bench.openRule(opened[0].id)
    this.#loop.runInTurn(opened)
    if (opened.length > 1) this.#bench.notices.info(sayRulesOpened(opened.length))
  }

  addBlank(): void {
    const { rules } = readRules(TEMPLATE, this.#freeName('New rule'))
    void this.add(rules.map((rule) => ({ rule })))
  }

  /** A second rule with the text as it stands, apart from the first from now on. */
  duplicate(rule: OpenRule): void {
    const id = this.#reserve(rule.id)
    const copy = new OpenRule(rule.opened, id)
    copy.rule = rule.rule
    copy.document = rule.document
    copy.draft = rule.draft
    this.#bench.addRules([copy])
    this.#reserved.delete(id)
    copy.name = this.#freeName(`${rule.name} (copy)`)
    copy.text = rule.text
    copy.filtersOff = rule.filtersOff
    copy.tests = rule.tests
    this.#loop.runNow(copy)
    this.#bench.openRule(copy.id)
  }

  rename(rule: OpenRule, name: string): void {
    if (name.trim()) rule.name = name.trim()
  }

  /** Closes a rule; the notice can put it back. */
  remove(rule: OpenRule): void {
    const place = this.#bench.rules.indexOf(rule)
    this.#bench.dropRule(rule)
    if (this.#bench.ruleId === rule.id) {
      const next = this.#bench.rules[place] ?? this.#bench.rules[place - 1]
      this.#bench.ruleId = undefined
      if (next) this.#bench.openRule(next.id)
    }
    void this.#loop.close(rule).catch(() => undefined)
    this.#bench.notices.info(sayRuleDeleted(rule.name), [
      { label: SAY.undo, run: () => this.#putBack(rule, place) },
    ])
  }

  #putBack(rule: OpenRule, place: number): void {
    this.#bench.addRules([rule], place)
    this.#bench.openRule(rule.id)
    this.#loop.runNow(rule)
  }

  /** An id that no rule has, and none gets before this one is in the list. */
  #reserve(wanted: string, taken = this.#takenIds()): string {
    const id = free(
      wanted,
      (n) => `${wanted}-${n}`,
      (candidate) => taken.has(candidate) || this.#reserved.has(candidate),
    )
    this.#reserved.add(id)
    return id
  }
  #takenIds(): ReadonlySet<string> {
    return new Set(this.#bench.rules.map(({ id }) => id))
  }
  #freeName(name: string): string {
    return free(
      name,
      (n) => `${name} ${n}`,
      (taken) => this.#bench.rules.some((r) => r.name === taken),
    )
  }
}

function free(
  wanted: string,
  number: (n: number) => string,
  isTaken: (candidate: string) => boolean,
): string {
  let candidate = wanted
  for (let n = 2; isTaken(candidate); n++) candidate = number(n)
  return candidate
}
