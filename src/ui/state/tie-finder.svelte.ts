import { untrack } from 'svelte'
import type { EngineApi } from '../../worker/api'
import type { ResultKind } from '../result/selection'
import type { OpenRule } from './open-rule.svelte'

/** Which of the results on the page hang on the order of events of equal time. */
export class TieFinder {
  private sentences = $state.raw<ReadonlyMap<string, string>>(new Map())
  /** The last question of each kind; the same one is asked once. */
  private readonly asked: Partial<Record<ResultKind, string>> = {}

  constructor(private readonly engine: Pick<EngineApi, 'findTies'>) {}

  sentenceOf(kind: ResultKind, index: number): string | undefined {
    return this.sentences.get(`${kind} ${index}`)
  }

  /** Asks for the results of a rule that are on the page. */
  findOf({ id, outcome, answer, isStale }: OpenRule): void {
    if (!outcome || !answer || isStale) return
    const { ticket } = outcome
    const { matches, nearMisses } = answer.limited ?? {
      matches: answer.matches.map((_, place) => ({ place })),
      nearMisses: answer.groups.flatMap(({ members }) => members),
    }
    void this.find(id, ticket, 'match', placesOf(matches))
    void this.find(id, ticket, 'near-miss', placesOf(nearMisses))
  }

  private async find(
    ruleId: string,
    ticket: number,
    kind: ResultKind,
    places: readonly number[],
  ): Promise<void> {
    const question = [ruleId, ticket, ...places].join()
    if (this.asked[kind] === question) return
    this.asked[kind] = question
    this.put(kind, [])
    if (places.length === 0) return
    try {
      const ties = await this.engine.findTies(ruleId, ticket, kind, places)
      if (this.asked[kind] === question) this.put(kind, ties ?? [])
    } catch {
      // The engine stopped; the rule runs again once it is fed.
    }
  }

  private put(
    kind: ResultKind,
    ties: readonly { readonly index: number; readonly sentence: string }[],
  ): void {
    const before = untrack(() => this.sentences)
    const others = [...before].filter(([name]) => !name.startsWith(`${kind} `))
    const found = ties.map((tie) => [`${kind} ${tie.index}`, tie.sentence] as const)
    if (others.length < before.size || found.length > 0)
      this.sentences = new Map([...others, ...found])
  }
}

const placesOf = (listed: readonly { readonly place: number }[]): readonly number[] =>
  listed.map(({ place }) => place)
