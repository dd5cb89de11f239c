import type { ClauseCounts } from '../../editor/clause-counts'
import type { RuleCoverage } from '../../explain/coverage'
import type { CoveragePlace } from '../../explain/coverage-list'
import { grouped } from '../result/time-text'
import { readClauses, type ClauseRow } from './clause-rows'
import { COVERAGE, nameStep, sayClause, sayTruth } from './wording'

const TRUTHS = ['true', 'false', 'null'] as const

const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumFractionDigits: 1,
})

/** `12,408`, and from 100,000 on `1.2M`: beside the text there is little room. */
const shortly = (count: number): string =>
  count < 100_000 ? grouped(count) : compact.format(count)

/** The counts of a coverage as the editor shows them; each leads to its events. */
export const countClauses = (
  coverage: RuleCoverage,
  text: string,
  onList: (place: CoveragePlace) => void,
): readonly ClauseCounts[] =>
  readClauses(coverage, text).flatMap(({ covered, rows }) =>
    rows.map((row) => {
      const { from, to, parent, isStrictest } = row
      return {
        ...{ from, to, isStrictest },
        ...(parent && { parent }),
        title: sayClause(row, coverage, covered),
        counts: shownCounts(row).map((truth) => ({
          truth,
          text: shortly(row.counts[truth]),
          title: `${sayTruth(row.counts[truth], truth, nameStep(covered))}. ${COVERAGE.listThem}`,
          onPick: () => onList(placeOf(row, truth)),
        })),
      }
    }),
  )

/** How many pass is always told. */
const shownCounts = ({ counts }: ClauseRow): readonly (typeof TRUTHS)[number][] =>
  TRUTHS.filter((truth) => truth === 'true' || counts[truth] > 0)

const placeOf = (
  { step, path }: ClauseRow,
  outcome: (typeof TRUTHS)[number],
): CoveragePlace => ({ step, stage: 'clause', clause: path, outcome })
