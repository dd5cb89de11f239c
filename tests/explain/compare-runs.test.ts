import { join } from 'node:path'
import { describe, test } from 'vitest'
import { runToEnd } from '../../src/engine/run'
import { compareRuns } from '../../src/explain/compare-runs'
import { checkArrowLines } from '../support/arrow-lines'
import { bindRule } from '../engine/rule-answer'
import { drawTable } from '../support/text-table'

/** `+ events: why not before` for what is gained, `-` for what is lost, `=` for the rest. */
function printComparison(drawing: string, texts: string): string {
  const drawn = drawTable(drawing)
  const [before = '', after = ''] = texts.split(' >>> ')
  const found = runToEnd(compareRuns(bindRule(drawn, before), bindRule(drawn, after)))
  if ('failure' in found) return found.failure.reason
  const tell = (sign: string, rows: readonly number[], why: string): string =>
    `${sign} ${rows.map((row) => (row < 0 ? '-' : drawn.table.id(row))).join(' ')}${why}`
  const at = (list: typeof found.after.matches, place: number) =>
    list.slice(place, place + 1)[0]!
  return [
    ...found.gained.map((place) => {
      const match = at(found.after.matches, place)
      return tell('+', match.rows, `: ${found.whyGained(match).sentence}`)
    }),
    ...found.lost.map((place) => {
      const match = at(found.before.matches, place)
      return tell('-', match.rows, `: ${found.whyLost(match).sentence}`)
    }),
    ...found.unchanged.map((place) => tell('=', at(found.after.matches, place).rows, '')),
  ].join(' | ')
}

describe('two texts of a rule', () => {
  test('over the same drawn events', () => {
    let drawing: string[] = []
    let isTold = false
    checkArrowLines(
      join(import.meta.dirname, 'compare-runs.txt'),
      (texts) => {
        isTold = true
        return printComparison(drawing.join('\n'), texts)
      },
      (line) => {
        if (line.startsWith('#') && isTold) {
          drawing = []
          isTold = false
        } else drawing.push(line)
      },
    )
  })
})
