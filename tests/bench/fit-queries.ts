import { parseQuery } from '../../src/language/parse'
import { fieldsIn, stepsOf } from '../../src/language/walk'
import type { EngineHost } from '../../src/worker/host'
import { refusalOf } from './engine'

export interface FittedQueries {
  readonly queries: readonly string[]
  /** How many name fields that the events lack, made optional so that they run. */
  readonly eased: number
  /** Left out: what their refusals say, and how many each. */
  readonly refused: ReadonlyMap<string, number>
}

/** Makes rules of elsewhere run over these events, as far as they can. */
export async function fitQueries(
  host: EngineHost,
  queries: readonly string[],
): Promise<FittedQueries> {
  const fitted: string[] = []
  const refused = new Map<string, number>()
  let eased = 0
  for (const query of queries) {
    const easy = easeQuery(host, query)
    const refusal = await refusalOf(host, easy)
    if (refusal !== undefined) {
      refused.set(refusal, (refused.get(refusal) ?? 0) + 1)
      continue
    }
    if (easy !== query) eased++
    fitted.push(easy)
  }
  return { queries: fitted, eased, refused }
}

/** With `?` before every field that neither the events nor ECS have. */
function easeQuery(host: EngineHost, text: string): string {
  const { query } = parseQuery(text)
  if (!query) return text
  const { schema } = host.store
  const places = stepsOf(query)
    .flatMap((step) => [...fieldsIn(step.query.condition)])
    .filter(({ name, optional }) => !optional && !schema.field(name))
    .map(({ from }) => from)
  return [...new Set(places)]
    .sort((a, b) => b - a)
    .reduce((eased, at) => `${eased.slice(0, at)}?${eased.slice(at)}`, text)
}
