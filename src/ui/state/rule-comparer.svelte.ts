import type { Rule } from '../../rules/rule'
import type {
  ChangedMatch,
  ChangeKind,
  CompareAnswer,
  Comparison,
  RepairApi,
} from '../../worker/repair-api'
import type { OpenRule } from './open-rule.svelte'
import { limitsOf } from './rule-text'

/** So many more matches are fetched at a time. */
const PAGE = 50

/** What two versions, or two rules, match on the loaded events: one pair at a time. */
export class RuleComparer {
  private asked = ''
  /** Of the pair asked for last; undefined while that is compared. */
  answer = $state.raw<CompareAnswer | undefined>()
  isComparing = $state(false)

  constructor(private readonly engine: Pick<RepairApi, 'compare' | 'comparedMatches'>) {}

  /** `version` of the events; each is run with its own exceptions, as they are switched. */
  async compare(
    before: Rule,
    after: Rule,
    switched: Pick<OpenRule, 'filtersOff' | 'onlyIndices'>,
    version: number,
  ): Promise<void> {
    const limitsFor = (rule: Rule) => limitsOf({ ...switched, rule })
    const request = {
      ...{ before: before.query, beforeFields: fieldsOf(before) },
      beforeLimits: limitsFor(before),
      ...{ query: after.query, ...fieldsOf(after) },
      ...limitsFor(after),
    }
    const question = JSON.stringify([version, request])
    if (question === this.asked) return
    this.asked = question
    this.answer = undefined
    this.isComparing = true
    const answer = await this.engine.compare(request).catch(() => undefined)
    if (this.asked !== question) return
    this.isComparing = false
    this.answer = answer
    // Overtaken, or the engine stopped: the same may be asked again.
    if (!answer) this.asked = ''
  }

  /** Fetches more of one list. */
  async more(comparison: Comparison, kind: ChangeKind): Promise<void> {
    const { id, lists } = comparison
    const page = await this.engine
      .comparedMatches(id, kind, lists[kind].length, PAGE)
      .catch(() => undefined)
    if (!page || !this.answer?.ok || this.answer.comparison !== comparison) return
    const list: readonly ChangedMatch[] = [...lists[kind], ...page]
    const longer = { ...comparison, lists: { ...lists, [kind]: list } }
    this.answer = { ok: true, comparison: longer }
  }
}

const fieldsOf = (rule: Rule) => ({
  timestampField: rule.timestampField,
  tiebreakerField: rule.tiebreakerField,
  eventCategoryField: rule.eventCategoryOverride,
})
