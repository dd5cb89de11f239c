import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson } from '../../../src/worker/record-source'
import { askEngine } from './batch-answer'
import { judge, type PlainRequest } from './plain-search'
import {
  conditionRequests,
  sampleRequests,
  sequenceRequests,
  unmappedRequests,
  unmappedSequences,
} from './random-requests'

/** `JUDGE=50000` asks so many questions of each kind, `JUDGE_SEED=7` others. */
const runs = Number(process.env['JUDGE'] ?? 250)
const seed = Number(process.env['JUDGE_SEED'] ?? Date.now())

/**
 * The engine, from the text of a request to that of its answer, against the judge: a
 * plain reading of the same request, event by event.
 */
test.each([
  ['conditions of every kind', conditionRequests],
  ['conditions without a mapping', unmappedRequests],
  ['sequences', sequenceRequests],
  ['sequences without a mapping', unmappedSequences],
  ['samples', sampleRequests],
])(
  '%s come to what the judge says',
  async (_, requests) => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [answer] = await askEngine([request])
        if (!answer || 'refused' in answer) return
        expect(withoutReason(answer), printRequest(request)).toEqual(
          withoutReason(judge(request)),
        )
      }),
      { numRuns: runs, seed },
    )
  },
  Math.max(180_000, runs * 100),
)

/** Why a search fails is told by golden tables; here it counts that it does. */
const withoutReason = (answer: object): object =>
  'fails' in answer ? { fails: true } : answer

const printRequest = ({ query, events }: PlainRequest): string =>
  [query, ...events.map((event) => printJson(event))].join('\n')
