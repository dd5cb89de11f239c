import { bundledRules, type BundledRule } from '../../rules/library'
import { readContentId } from '../../session/content-id'
import type { StoredRule } from '../../session/session'
import type { SourceFile } from '../../ingest/source'

/** The rule a newcomer sees first: its events hold both a match and near misses. */
const FIRST = 'Scheduled Task Created by a Windows Script'

const inOrder: readonly BundledRule[] = [...bundledRules].sort(
  (a, b) => Number(b.rule.name === FIRST) - Number(a.rule.name === FIRST),
)

/** The rules that come with the page, as a session keeps them. */
export const exampleRules: readonly StoredRule[] = inOrder.map(({ rule }) => ({
  id: rule.id,
  origin: rule.source,
}))

/** The events that come with those rules, a source each. */
export const readExampleSources = (): Promise<readonly SourceFile[]> =>
  Promise.all(
    inOrder.map(async ({ slug, loadEvents }) => {
      const blob = new Blob([await loadEvents()])
      const name = `${slug.slice(slug.lastIndexOf('/') + 1)}.ndjson`
      return { id: await readContentId(blob), name, blob }
    }),
  )
