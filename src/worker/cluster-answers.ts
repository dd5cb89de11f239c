import type { ClusterComparison, ClusterQuestion } from './cluster-api'
import { compareWithCluster } from './cluster-comparison'
import type { EventStore } from './event-store'
import type { RuleRuns } from './rule-runs'
import type { RunQuestions } from './run-questions'
import { readToldEvents } from './told-events'

/** Answers of clusters laid beside ours, the newest alone. */
export class ClusterAnswers {
  private asked = 0

  constructor(
    private readonly events: EventStore,
    private readonly runs: RuleRuns,
    private readonly questions: RunQuestions,
  ) {}

  /** Undefined when the run is kept no more, or another answer has come meanwhile. */
  async compare(question: ClusterQuestion): Promise<ClusterComparison | undefined> {
    const asked = ++this.asked
    const answer = await readToldEvents(question.answer)
    const run = this.runs.fresh(question.ruleId, question.ticket)
    if (!run || asked !== this.asked) return undefined
    const work = compareWithCluster(question, run, answer, this.events)
    return this.questions.answer('cluster answer', run, work)
  }
}
