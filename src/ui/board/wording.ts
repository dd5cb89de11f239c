import { grouped } from '../result/time-text'
import { sayMatches, sayNearMisses } from '../result/wording'
import type { BoardCell, BoardColumn, BoardTotal } from './board-rows'

/** All sentences of the board of rules. */

export const BOARD = {
  title: 'Board',
  about:
    'Results of each rule by the source of their events. What has events of several ' +
    'sources counts with each of them.',
  rule: 'Rule',
  all: 'All sources',
  across: 'Several sources',
  noSources: 'No events are loaded. Open a file, and its column stands here.',
  noRules: 'No rule is like that.',
  close: 'Close the board',
  open: 'Board of rules by sources',
} as const

export const nameColumn = (column: BoardColumn): string =>
  column.kind === 'source' ? column.name : BOARD[column.kind]

/** What is heard of a cell. */
export function sayCell(cell: BoardCell): string {
  if (cell.kind === 'unknown') return 'not known yet'
  if (cell.kind === 'none') return 'cannot be run'
  const { matches, nearMisses } = cell.count
  const misses =
    nearMisses === undefined ? 'near misses not known yet' : sayNearMisses(nearMisses)
  return `${sayMatches(matches)}, ${misses}${cell.isStale ? ', from previous text' : ''}`
}

/** `Total of 1,500 rules` */
export const sayTotalOf = (rules: number): string =>
  `Total of ${grouped(rules)} ${rules === 1 ? 'rule' : 'rules'}`

/** What is heard of a total. */
export const sayTotal = ({ rules, matches, nearMisses }: BoardTotal): string =>
  `${sayMatches(matches)} of ${grouped(rules)} ${rules === 1 ? 'rule' : 'rules'}, ` +
  sayNearMisses(nearMisses)
