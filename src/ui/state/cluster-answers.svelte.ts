import {
  looksLikeClusterAnswer,
  readClusterAnswer,
  type ClusterAnswer,
} from '../../share/cluster-answer'
import type { ClusterApi, ClusterComparison } from '../../worker/cluster-api'
import type { OpenRule } from './open-rule.svelte'
import { SAY, sayAnswerOpened, sayNoAnswer } from './wording'
import type { Workbench } from './workbench.svelte'

/** Larger answers are read as events alone, bytes. */
const LARGEST = 32 * 1024 * 1024
/** So much of a file is looked at first, bytes. */
const HEAD = 16 * 1024

/** An answer that has been brought, and the rule it is laid beside. */
interface BroughtAnswer {
  readonly file: File
  readonly answer: ClusterAnswer
  readonly ruleId: string
}

/**
 * Answers of `_eql/search` that are brought back from a cluster. They hold events as well,
 * so each is either laid beside the answer of a rule or opened as a source:
 *
 *     file ──► has it events that are open here? ──yes──► compared ──► may be opened yet
 *                          └───────────────────────no───► opened ────► may be compared yet
 */
export class ClusterAnswers {
  readonly #bench: Workbench
  readonly #engine: ClusterApi
  #asked = 0
  /** What is on screen. */
  brought = $state.raw<BroughtAnswer | undefined>()
  /** Of what is on screen; undefined while that is compared, or where it cannot be. */
  comparison = $state.raw<ClusterComparison | undefined>()
  isComparing = $state(false)

  constructor(bench: Workbench, engine: ClusterApi) {
    this.#bench = bench
    this.#engine = engine
  }

  /** Shows a dropped file beside the open rule's answer, if it is of events that are open. */
  async takes(file: File): Promise<boolean> {
    const answer = await readFile(file)
    const { rule, engine } = this.#bench
    if (!answer || !rule || engine.events === 0) return false
    const brought = { file, answer, ruleId: rule.id }
    const comparison = await this.#compare(brought)
    if (comparison && (comparison.known > 0 || comparison.told === 0)) {
      this.#asked++
      this.brought = brought
      this.comparison = comparison
      this.isComparing = false
      return true
    }
    const compare = { label: SAY.compareAnswer, run: () => void this.#show(brought) }
    this.#bench.notices.info(sayAnswerOpened(file.name), [compare])
    return false
  }

  /** Shows a file that is meant to be an answer; says so where it is none. */
  async show(file: File): Promise<void> {
    const answer = await readFile(file)
    const { rule } = this.#bench
    if (!answer) this.#bench.notices.fail(sayNoAnswer(file.name))
    else if (rule) await this.#show({ file, answer, ruleId: rule.id })
  }

  /** Lays what is on screen beside the answer of another rule. */
  async compareWith(ruleId: string): Promise<void> {
    if (this.brought) await this.#show({ ...this.brought, ruleId })
  }

  close(): void {
    this.#asked++
    this.brought = undefined
    this.comparison = undefined
  }

  async #show(brought: BroughtAnswer): Promise<void> {
    const asked = ++this.#asked
    this.brought = brought
    this.comparison = undefined
    this.isComparing = true
    const comparison = await this.#compare(brought)
    if (asked !== this.#asked) return
    this.comparison = comparison
    this.isComparing = false
  }

  /** Undefined where the rule has no answer to its text, or has another one meanwhile. */
  async #compare({
    file,
    answer,
    ruleId,
  }: BroughtAnswer): Promise<ClusterComparison | undefined> {
    const rule = this.#bench.rules.find(({ id }) => id === ruleId)
    const ticket = rule && ticketOf(rule)
    if (!rule || ticket === undefined) return undefined
    const { index: patterns } = rule.rule
    const question = { ruleId, ticket, answer: file, patterns, ...answer }
    return this.#engine.compareAnswer(question).catch(() => undefined)
  }
}

const ticketOf = ({ freshAnswer, outcome }: OpenRule): number | undefined =>
  freshAnswer && outcome?.ticket

async function readFile(file: File): Promise<ClusterAnswer | undefined> {
  if (file.size === 0 || file.size > LARGEST) return undefined
  if (!looksLikeClusterAnswer(await file.slice(0, HEAD).text())) return undefined
  return readClusterAnswer(await file.text())
}
