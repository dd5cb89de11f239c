import type { EngineApi } from '../../worker/api'
import type { BoardApi, SourceOfResults } from '../../worker/board-api'
import type { RepairApi } from '../../worker/repair-api'
import type { ResultKind, Selection } from '../result/selection'
import type { OpenRule } from './open-rule.svelte'
import { matchAt, nearMissAt, type LimitedResults } from './shown-answer'

/** So many more cards are fetched at a time. */
const PAGE = 50

type Engine = Pick<EngineApi, 'matches'> &
  Pick<BoardApi, 'resultsOfSource'> &
  Pick<RepairApi, 'nearMissGroups' | 'groupMembers' | 'groupOf'>

/**
 * Fetches what the first page of a result left out. Nothing happens when the engine
 * stopped or the rule has run again meanwhile: then its first page comes anew.
 */
export class ResultPages {
  constructor(private readonly engine: Engine) {}

  /** The next page of matches, or of groups of near misses. */
  async more(rule: OpenRule, kind: ResultKind): Promise<void> {
    if (rule.answer?.limited) return this.addLimited(rule, kind, rule.answer.limited)
    await (kind === 'match' ? this.addMatches(rule, PAGE) : this.addGroups(rule, PAGE))
  }

  /**
   * Lists the results with events of a source alone, or without one all of them. Called
   * again for every answer: a new one is not limited.
   */
  async limitTo(
    rule: OpenRule,
    wanted: { readonly source: SourceOfResults } | undefined,
  ): Promise<void> {
    const { answer, outcome } = rule
    if (!answer || !outcome) return
    if (!wanted) {
      if (answer.limited) rule.limit(answer, undefined)
      return
    }
    const { source } = wanted
    if (answer.limited && answer.limited.source === source) return
    const [matches, nearMisses] = await Promise.all([
      this.askOfSource(rule, 'match', source, 0),
      this.askOfSource(rule, 'near-miss', source, 0),
    ])
    if (!matches || !nearMisses || rule.outcome !== outcome) return
    rule.limit(answer, {
      source,
      ...{ matchCount: matches.count, matches: matches.matches },
      ...{ nearMissCount: nearMisses.count, nearMisses: nearMisses.nearMisses },
    })
  }

  private async addLimited(
    rule: OpenRule,
    kind: ResultKind,
    limited: LimitedResults,
  ): Promise<void> {
    const from = (kind === 'match' ? limited.matches : limited.nearMisses).length
    const page = await this.askOfSource(rule, kind, limited.source, from)
    if (!page || rule.answer?.limited !== limited) return
    rule.limit(rule.answer, {
      ...limited,
      matches: [...limited.matches, ...page.matches],
      nearMisses: [...limited.nearMisses, ...page.nearMisses],
    })
  }

  private async askOfSource(
    { id, outcome }: OpenRule,
    kind: ResultKind,
    source: SourceOfResults,
    from: number,
  ) {
    if (!outcome) return undefined
    const run = { ruleId: id, ticket: outcome.ticket }
    return this.ask(this.engine.resultsOfSource(run, kind, source, from, PAGE))
  }

  /** The next page of one group. */
  async moreMembers(rule: OpenRule, group: number): Promise<void> {
    await this.addMembers(rule, group, PAGE)
  }

  /** Opens a group, or closes it; when it opens, its first page is fetched. */
  async openGroup(rule: OpenRule, group: number, isOpen: boolean): Promise<void> {
    const { answer } = rule
    if (!answer) return
    rule.openGroup(answer, group, isOpen)
    const { members, count } = answer.groups[group] ?? { members: [], count: 0 }
    if (isOpen && members.length === 1 && count > 1) await this.moreMembers(rule, group)
  }

  /** Has a card in the list, whatever its place, and its group open. */
  async reach(rule: OpenRule, { kind, index }: Selection): Promise<void> {
    const { answer, outcome } = rule
    if (!answer || !outcome) return
    if (kind === 'match' && matchAt(answer, index)) return
    if (kind === 'match') return this.addMatches(rule, index + 1 - answer.matches.length)
    if (nearMissAt(answer, index)) return
    const place = await this.ask(this.engine.groupOf(rule.id, outcome.ticket, index))
    if (!place || rule.outcome !== outcome) return
    const { group, member } = place
    await this.addGroups(rule, group + 1 - answer.groups.length)
    const held = rule.answer?.groups[group]
    await this.addMembers(rule, group, member + 1 - (held?.members.length ?? 0))
    if (rule.answer && member > 0) rule.openGroup(rule.answer, group, true)
  }

  private async addMatches(rule: OpenRule, count: number): Promise<void> {
    const { answer, outcome } = rule
    if (!answer || !outcome || count <= 0) return
    const from = answer.matches.length
    const page = this.engine.matches(rule.id, outcome.ticket, from, count)
    rule.addMatches(answer, (await this.ask(page)) ?? [])
  }

  private async addGroups(rule: OpenRule, count: number): Promise<void> {
    const { answer, outcome } = rule
    if (!answer || !outcome || count <= 0) return
    const from = answer.groups.length
    const page = this.engine.nearMissGroups(rule.id, outcome.ticket, from, count)
    rule.addGroups(answer, (await this.ask(page)) ?? [])
  }

  private async addMembers(rule: OpenRule, group: number, count: number): Promise<void> {
    const { answer, outcome } = rule
    const from = answer?.groups[group]?.members.length
    if (!answer || !outcome || from === undefined || count <= 0) return
    const page = this.engine.groupMembers(rule.id, outcome.ticket, group, from, count)
    rule.addMembers(answer, group, (await this.ask(page)) ?? [])
  }

  private async ask<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
    return answer.catch(() => undefined)
  }
}
