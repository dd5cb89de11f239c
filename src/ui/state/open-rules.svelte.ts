import { isForRule, type ExceptionFile } from '../../rules/exception-file'
import { readRules } from '../../rules/rule-file'
import type { RuleHistory } from '../../rules/rule-history'
import { OpenRule, type OwnTests } from './open-rule.svelte'
import type { FoundRule } from './read-found-rules'
import { putStanding, standingOf, type RuleStanding } from './rule-standing'
import { takeExceptions, takeFile } from './rule-versions'
import type { RunLoop } from './run-loop.svelte'
import { isAsOpened, KnownRules } from './same-rule'
import { Turns } from './turns'
import {
  SAY,
  sayExceptionsTaken,
  sayManyReopened,
  sayReopened,
  sayRuleDeleted,
  sayRulesOpened,
} from './wording'
import type { Workbench } from './workbench.svelte'

/** What a new rule begins with: whole, so that it runs, and a sequence, as most need help with. */
const TEMPLATE = `sequence by host.id with maxspan=5m
  [process where event.type == "start"]
  [network where true]
`

/** A rule that was open when a file of it was opened, and how it stood if it is another. */
interface Reopened {
  readonly open: OpenRule
  readonly found: FoundRule
  readonly before?: RuleStanding
  /** Its versions when the file was taken. */
  readonly taken?: RuleHistory
  /** Its tests, where others came in their place. */
  readonly testsBefore?: OwnTests | undefined
}

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

  /**
   * Opens rules, runs them, and shows the first. Another file of a rule that is open
   * becomes that rule, and what it was becomes a version; one can have it otherwise.
   */
  async add(found: readonly FoundRule[]): Promise<void> {
    const known = new KnownRules(this.#bench.rules)
    const others: FoundRule[] = []
    const same: Reopened[] = []
    const newer: Reopened[] = []
    for (const each of found) {
      const open = known.take(each.rule)
      if (!open) others.push(each)
      else if (isAsOpened(open, each.rule)) same.push(this.#takeTests(open, each))
      else newer.push(this.#takeFile(open, each))
      await this.#turns.next()
    }
    await this.addApart(others)
    this.#tellReopened(newer, same, others.length)
    const [shown] = [...newer, ...same]
    if (others.length === 0 && shown) this.#bench.openRule(shown.open.id)
  }

  /** Opens rules beside those that are open. An id that is taken gets a number. */
  async addApart(found: readonly FoundRule[]): Promise<readonly OpenRule[]> {
    const taken = this.#takenIds()
    const ids = found.map(({ rule }) => this.#reserve(rule.id, taken))
    const opened: OpenRule[] = []
    for (const [place, { rule, tests }] of found.entries()) {
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
    return opened
  }

  /** Exceptions without their rules are for those that are open; false without any. */
  takeExceptions(file: ExceptionFile): boolean {
    const named = this.#bench.rules.filter(
      ({ opened, rule, name }) =>
        isForRule(file, opened) || isForRule(file, { ...rule, name }),
    )
    if (file.lists.length === 0) return false
    for (const open of named) takeExceptions(this.#loop, open, file.lists)
    const [first] = named
    if (first) this.#bench.notices.info(sayExceptionsTaken(first.name, named.length))
    return first !== undefined
  }

  addBlank(): void {
    const { rules } = readRules(TEMPLATE, this.freeName('New rule'))
    void this.addApart(rules.map((rule) => ({ rule })))
  }

  /** A second rule with the text as it stands, apart from the first from now on. */
  duplicate(rule: OpenRule): void {
    const id = this.#reserve(rule.id)
    const copy = new OpenRule(rule.opened, id, rule.openedAt)
    putStanding(copy, standingOf(rule))
    this.#bench.addRules([copy])
    this.#reserved.delete(id)
    copy.name = this.freeName(`${rule.name} (copy)`)
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

  #takeFile(open: OpenRule, found: FoundRule): Reopened {
    const before = standingOf(open)
    const testsBefore = testsReplaced(open, found)
    takeFile(this.#loop, open, found.rule, found.tests, Date.now())
    return { open, found, before, taken: open.versions, testsBefore }
  }

  #takeTests(open: OpenRule, found: FoundRule): Reopened {
    const testsBefore = testsReplaced(open, found)
    open.tests = found.tests ?? open.tests
    return { open, found, testsBefore }
  }

  #tellReopened(
    newer: readonly Reopened[],
    same: readonly Reopened[],
    others: number,
  ): void {
    const all = [...newer, ...same]
    const [first] = all
    if (!first) return
    const sentence =
      all.length + others === 1
        ? sayReopened(first.open.name, newer.length > 0)
        : sayManyReopened(newer.length, same.length)
    const kept = newer.some(
      ({ open, found }) => open.opened.exceptions.length > found.rule.exceptions.length,
    )
    const parted = newer.length > 0 ? newer : same
    const label = parted.length === 1 ? SAY.openApart : SAY.openAllApart
    const run = (): void => void this.#part(parted)
    const tested = all.filter(({ testsBefore }) => testsBefore !== undefined)
    const keepTests = { label: SAY.keepTests, run: () => tested.forEach(putTestsBack) }
    const said = [
      sentence,
      ...(kept ? [SAY.exceptionsKept] : []),
      ...(tested.length > 0 ? [SAY.testsReplaced] : []),
    ]
    const acts = [{ label, run }, ...(tested.length > 0 ? [keepTests] : [])]
    this.#bench.notices.info(said.join(' '), acts)
  }

  /** What became of rules that were open is rules of its own, and those are as they were. */
  async #part(reopened: readonly Reopened[]): Promise<void> {
    const since = reopened.map(({ open }) => standingOf(open))
    const untouched = reopened.map(isUntouched)
    for (const each of reopened) {
      if (each.before) putStanding(each.open, each.before)
      putTestsBack(each)
    }
    const apart = await this.addApart(reopened.map(({ found }) => found))
    for (const [place, { before }] of reopened.entries()) {
      const [copy, standing] = [apart[place], since[place]]
      // One of which nothing became is what its file says, without exceptions it has not.
      if (!before || !copy || !standing || untouched[place]) continue
      const [first, ...others] = standing.versions.filter(
        (version) => !before.versions.includes(version),
      )
      const versions = first ? ([first, ...others] as const) : copy.versions
      putStanding(copy, { ...standing, versions })
    }
    this.#loop.runInTurn([...reopened.map(({ open }) => open), ...apart])
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
  /** The name, or with a number behind it, that no rule has. */
  freeName(name: string): string {
    return free(
      name,
      (n) => `${name} ${n}`,
      (taken) => this.#bench.rules.some((r) => r.name === taken),
    )
  }
}

/** The tests of a rule that others in its file take the place of. */
const testsReplaced = ({ tests }: OpenRule, found: FoundRule): OwnTests | undefined =>
  found.tests && tests && printTests(tests) !== printTests(found.tests)
    ? tests
    : undefined

const printTests = ({ text, events, files = [] }: OwnTests): string =>
  JSON.stringify([text, events ?? '', files.map(({ name, text }) => [name, text])])

function putTestsBack({ open, testsBefore }: Reopened): void {
  open.tests = testsBefore ?? open.tests
}

const isUntouched = ({ open, taken }: Reopened): boolean =>
  open.versions === taken && !open.isEdited && open.name === open.opened.name

function free(
  wanted: string,
  number: (n: number) => string,
  isTaken: (candidate: string) => boolean,
): string {
  let candidate = wanted
  for (let n = 2; isTaken(candidate); n++) candidate = number(n)
  return candidate
}
