import { bundledRules } from '../../rules/library'
import { readContentId } from '../../session/content-id'
import { EMPTY_SESSION, type SessionData } from '../../session/session'
import type { Theme } from './workbench.svelte'

/** The rule a newcomer sees first: its events hold both a match and near misses. */
const FIRST = 'Scheduled Task Created by a Windows Script'

/** The rules that come with the page and their events, as a session. */
export async function readExample(
  theme: Theme,
): Promise<{ data: SessionData; blobs: ReadonlyMap<string, Blob> }> {
  const rules = [...bundledRules].sort(
    (a, b) => Number(b.rule.name === FIRST) - Number(a.rule.name === FIRST),
  )
  const files = await Promise.all(
    rules.map(async ({ slug, loadEvents }) => {
      const blob = new Blob([await loadEvents()])
      return { id: await readContentId(blob), name: `${nameOf(slug)}.ndjson`, blob }
    }),
  )
  const data: SessionData = {
    ...EMPTY_SESSION,
    rules: rules.map(({ rule }) => ({ id: rule.id, origin: rule.source })),
    sources: files.map(({ id, name }) => ({ id, name, active: true })),
    view: { ...EMPTY_SESSION.view, selectedRule: rules[0]?.id, theme },
  }
  return { data, blobs: new Map(files.map(({ id, blob }) => [id, blob])) }
}

const nameOf = (slug: string): string => slug.slice(slug.lastIndexOf('/') + 1)
