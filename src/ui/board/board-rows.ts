import { grouped } from '../result/time-text'
import type { BoardCount, RuleSpread } from '../state/board-reader.svelte'
import type { OpenRule } from '../state/open-rule.svelte'

/** A column of the board beside that of the names. */
export type BoardColumn =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'source'
      readonly id: string
      readonly name: string
      /** More of its events are to come. */
      readonly isReading: boolean
    }
  /** Results with events of several sources. */
  | { readonly kind: 'across' }

/** What a cell tells; `unknown` until there is an answer to tell of. */
export type BoardCell =
  | { readonly kind: 'count'; readonly count: BoardCount; readonly isStale: boolean }
  | { readonly kind: 'unknown' }
  /** The rule cannot be run, or its text has problems. */
  | { readonly kind: 'none' }

interface SourceColumn {
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly isHeld: boolean
  readonly isLoading: boolean
}

/** All, every source that is switched on, and last what spans several, where that occurs. */
export function listColumns(
  sources: readonly SourceColumn[],
  spreads: Iterable<RuleSpread>,
): readonly BoardColumn[] {
  const shown = sources.filter(({ active, isHeld }) => active && isHeld)
  const spans = shown.length > 1 && [...spreads].some(spansSources)
  return [
    { kind: 'all' },
    ...shown.map(({ id, name, isLoading: isReading }) => ({
      ...{ kind: 'source' as const, id, name, isReading },
    })),
    ...(spans ? [{ kind: 'across' as const }] : []),
  ]
}

const spansSources = ({ across }: RuleSpread): boolean =>
  across.matches + (across.nearMisses ?? 0) > 0

/** What one rule has in one column. */
export function readCell(
  rule: Pick<OpenRule, 'state' | 'answer' | 'isStale'>,
  spread: RuleSpread | undefined,
  column: BoardColumn,
): BoardCell {
  const { answer, state, isStale } = rule
  if (!answer) return { kind: state === 'error' ? 'none' : 'unknown' }
  const { matchCount: matches, nearMissCount: nearMisses } = answer
  const count =
    column.kind === 'all' ? { matches, nearMisses } : spread && countOf(spread, column)
  return count ? { kind: 'count', count, isStale } : { kind: 'unknown' }
}

const countOf = (
  { bySource, across }: RuleSpread,
  column: Exclude<BoardColumn, { kind: 'all' }>,
): BoardCount | undefined => (column.kind === 'across' ? across : bySource.get(column.id))

/** What some rules have in one column together: rules with a match, and all results. */
export interface BoardTotal {
  readonly rules: number
  readonly matches: number
  readonly nearMisses: number
}

export function addUp(
  rules: readonly OpenRule[],
  spreads: ReadonlyMap<string, RuleSpread>,
  column: BoardColumn,
): BoardTotal {
  const total = { rules: 0, matches: 0, nearMisses: 0 }
  for (const rule of rules) {
    const cell = readCell(rule, spreads.get(rule.id), column)
    if (cell.kind !== 'count') continue
    const { matches, nearMisses = 0 } = cell.count
    if (matches > 0) total.rules++
    total.matches += matches
    total.nearMisses += nearMisses
  }
  return total
}

/** How wide a column with such a total has to be, rem. */
export const widthOf = ({ matches, nearMisses }: BoardTotal): number =>
  Math.max(7, 4.5 + (grouped(matches).length + grouped(nearMisses).length) / 2)
