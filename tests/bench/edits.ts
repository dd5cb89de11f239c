import type { EngineHost } from '../../src/worker/host'
import { parseQuery } from '../../src/language/parse'
import { runRule } from './engine'

/** Ms from a changed text to its new verdict, by kind of edit. */
export type EditTimes = Readonly<Record<string, readonly number[]>>

/** One change of a query text; undefined where it has nothing to change. */
type Edit = (query: string, at: number) => string | undefined

const changed = (query: string, edited: string): string | undefined =>
  query === edited ? undefined : edited

const edits: Readonly<Record<string, Edit>> = {
  'value changed': (query, at) =>
    changed(query, query.replace(/(: \(?"[^"]*)"/, `$1${String(at)}"`)),
  'clause added': (query, at) =>
    changed(query, query.replace(' where ', ` where process.pid != ${String(at)} and `)),
  'text pattern added': (query, at) =>
    changed(
      query,
      query.replace(
        ' where ',
        ` where not process.command_line : "*${String(at)}*" and `,
      ),
    ),
  'clause removed': (query) =>
    changed(query, query.replace(/ and\s+[^\n[\]]*(?=\]|$)/, '')),
  'maxspan changed': (query, at) =>
    changed(query, query.replace(/maxspan\s*=\s*\d+/, `maxspan=${String(2 + at)}`)),
  'layout changed': (query) => `${query} // seen`,
}

/** How many rules are edited, spread over all. */
const RULES = 50

/** Edits rules that have been run before, each in several ways, one edit at a time. */
export async function measureEdits(
  host: EngineHost,
  queries: readonly string[],
): Promise<EditTimes> {
  const times: Record<string, number[]> = {}
  const step = Math.max(1, Math.floor(queries.length / RULES))
  for (let at = 0; at < queries.length; at += step)
    for (const [kind, edit] of Object.entries(edits)) {
      const edited = edit(queries[at] ?? '', at)
      if (edited === undefined || !isSound(edited)) continue
      const started = performance.now()
      await runRule(host, `rule ${String(at)}`, edited)
      const ofKind = (times[kind] ??= [])
      ofKind.push(performance.now() - started)
    }
  return times
}

const isSound = (query: string): boolean => {
  const { query: read, diagnostics } = parseQuery(query)
  return read !== undefined && diagnostics.every(({ severity }) => severity !== 'error')
}
