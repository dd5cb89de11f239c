import { engineVersion } from '../../language/known-differences'
import { printBundle } from '../../share/bundle'
import { packWholeRule } from '../share/pack-rule'
import { withOriginals } from '../share/save-bundle'
import type { Workbench } from '../state/workbench.svelte'

/**
 * The open session as a bundle: rules with all that is kept of them, and its files as
 * they were opened, which may be gone from the browser one day (experience.md 4.3 C).
 */
export async function printSession(bench: Workbench, name: string): Promise<Blob> {
  const { sources, mapping, mapMode, ruleId } = bench
  const selected = bench.rules.findIndex(({ id }) => id === ruleId)
  const rules: Awaited<ReturnType<typeof packWholeRule>>[] = []
  for (const rule of bench.rules) rules.push(await packWholeRule(rule, true))
  const reproduction = {
    engine: engineVersion,
    title: name,
    rules,
    sources: sources.map((source) => ({
      name: source.name,
      text: '',
      ...(!source.active && { isOff: true as const }),
    })),
    ...(mapping && { mapping: { ...mapping } }),
    ...(mapMode === 'extended' && { mapMode: 'extended' as const }),
    ...(selected >= 0 && { view: { rule: selected } }),
    // Nobody is told that it gives the same: it is one's own.
    opensTo: [],
  }
  return printBundle(await withOriginals(reproduction, sources))
}
