import { Readable } from 'node:stream'
import { answerBatch } from '../../../src/headless/batch'
import { printJson } from '../../../src/worker/record-source'
import type { PlainAnswer, PlainMatch, PlainRequest } from './plain-search'

interface BatchAnswer {
  readonly hits?: {
    readonly events?: readonly BatchEvent[]
    readonly sequences?: readonly {
      readonly join_keys?: readonly unknown[]
      readonly events: readonly BatchEvent[]
    }[]
  }
  readonly error?: { readonly type: string; readonly reason: string }
}
interface BatchEvent {
  readonly _id: string
  readonly missing?: boolean
}

/** What the engine answers, in the judge's words. A refusal before the run is `refused`. */
export type EngineAnswer = PlainAnswer | { readonly refused: string }

/** Asks the engine as `npm run eql -- --batch` does. */
export async function askEngine(
  requests: readonly PlainRequest[],
): Promise<EngineAnswer[]> {
  const lines: string[] = []
  const input = Readable.from(requests.map((request) => `${printJson(request)}\n`))
  await answerBatch(
    input,
    (line) => lines.push(line),
    (sentence) => lines.push(sentence),
  )
  return lines.map((line) => readAnswer(JSON.parse(line) as BatchAnswer))
}

function readAnswer({ hits, error }: BatchAnswer): EngineAnswer {
  if (error && /^(parsing|verification|ql_illegal)/.test(error.type))
    return { refused: error.reason }
  if (error) return { fails: error.reason }
  const events = hits?.events?.map((event): PlainMatch => ({ ids: [event._id] }))
  const sequences = hits?.sequences?.map(
    ({ join_keys: keys, events: own }): PlainMatch => ({
      ids: own.map((event) => (event.missing ? null : event._id)),
      ...(keys && { keys }),
    }),
  )
  return { matches: events ?? sequences ?? [] }
}
