import type { Rule } from './rule'
import { readRules } from './rule-file'

/** A bundled rule with the events and tests that belong to it. */
export interface BundledRule {
  readonly id: string
  /** Its folder below `rules/`, such as `windows/persistence_scheduled_job`. */
  readonly slug: string
  readonly rule: Rule
  readonly tomlText: string
  readonly testsText: string
  /** The events as NDJSON text; not fetched before they are asked for. */
  readonly loadEvents: () => Promise<string>
}

const tomlTexts = import.meta.glob<string>('/rules/*/*/rule.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const testsTexts = import.meta.glob<string>('/rules/*/*/tests.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const eventsTexts = import.meta.glob<string>('/rules/*/*/events.ndjson', {
  query: '?raw',
  import: 'default',
})

/** The rules that come with Maxspan, by folder. */
export const bundledRules: readonly BundledRule[] = Object.keys(tomlTexts)
  .sort()
  .flatMap(readFolder)

function readFolder(path: string): BundledRule[] {
  const folder = path.replace(/\/rule\.toml$/, '')
  const tomlText = tomlTexts[path] ?? ''
  const loadEvents = eventsTexts[`${folder}/events.ndjson`]
  const testsText = testsTexts[`${folder}/tests.toml`] ?? ''
  return readRules(tomlText).rules.map((rule) => ({
    id: rule.id,
    slug: folder.replace(/^\/rules\//, ''),
    rule,
    tomlText,
    testsText,
    loadEvents: loadEvents ?? (() => Promise.resolve('')),
  }))
}
