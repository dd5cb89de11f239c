import { bundledRules, type BundledRule } from '../../rules/library'
import { readContentId } from '../../session/content-id'
import { EMPTY_SESSION, type SessionData, type StoredRule } from '../../session/session'

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

/** A session of those rules, and the events that come with them, a source each. */
export async function readExample(theme: SessionData['view']['theme']): Promise<{
  readonly data: SessionData
  readonly blobs: ReadonlyMap<string, Blob>
}> {
  const files = await Promise.all(
    inOrder.map(async ({ slug, loadEvents }) => {
      const blob = new Blob([await loadEvents()])
      const name = `${slug.slice(slug.lastIndexOf('/') + 1)}.ndjson`
      return { id: await readContentId(blob), name, blob }
    }),
  )
  return {
    data: {
      ...EMPTY_SESSION,
      rules: exampleRules,
      sources: files.map(({ id, name }) => ({ id, name, active: true })),
      view: { ...EMPTY_SESSION.view, theme },
    },
    blobs: new Map(files.map(({ id, blob }) => [id, blob])),
  }
}
