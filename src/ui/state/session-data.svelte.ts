import type { SessionData } from '../../session/session'
import { storeRule } from './stored-rule'
import type { Workbench } from './workbench.svelte'

/** What is in the workbench, as a session keeps it. */
export function readSessionData(bench: Workbench): SessionData {
  const { rules, sources, lost, mapping, memoryLimit, mapMode, eventsOut } = bench
  const { ruleId, theme, panes, tabs } = bench
  const open = sources.map(({ id, contentId, name, active, keep, readAs, report }) => ({
    id: contentId ?? id,
    name,
    active,
    events: report?.events,
    keep,
    readAs,
  }))
  return {
    rules: rules.map(storeRule),
    sources: [...open, ...lost],
    mapping: mapping?.text ?? null,
    mappingName: mapping?.name,
    memoryLimit,
    mapMode: mapMode === 'extended' ? mapMode : undefined,
    eventsOut: eventsOut || undefined,
    view: {
      selectedRule: ruleId,
      theme,
      panes: $state.snapshot(panes),
      tabs: $state.snapshot(tabs),
    },
  }
}

/** Whether a person would miss nothing of the one in the other: views come and go. */
export const isSameWork = (a: SessionData, b: SessionData): boolean =>
  a === b || printWork(a) === printWork(b)

const printWork = ({ view: _view, sources, ...work }: SessionData): string =>
  JSON.stringify([
    Object.entries(work).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    // Events are counted, not made.
    sources.map(({ events: _events, ...source }) => source),
  ])
