import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { checkArrowLines } from '../support/arrow-lines'
import { drawTable, type DrawnTable } from '../support/text-table'
import { bindRule, printMatches, runBound } from './rule-answer'

const folder = join(import.meta.dirname, 'tables')

/** What a `@name value` line between the drawings says of the runs that follow. */
interface Told {
  tiebreaker?: string
  samples?: string
}

/**
 * Every file holds drawings of events, and after each the rules run over them:
 * `rule ==> matches`. `@tiebreaker field` and `@samples n` set what a request would.
 */
describe('rules over drawn events', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    let drawing: string[] = []
    let drawn: DrawnTable | undefined
    let told: Told = {}
    const answer = (text: string): string => {
      drawn ??= drawTable(drawing.join('\n'))
      const bound = bindRule(drawn, text, told.tiebreaker)
      return printMatches(drawn, runBound(bound, Number(told.samples ?? 1)))
    }
    const hear = (line: string): void => {
      const [, name, value] = /^@(\w+) (\S+)$/.exec(line) ?? []
      if (name !== undefined) told = { ...told, [name]: value }
      else if (drawn && /^[^#\s]/.test(line)) {
        drawing = [line]
        drawn = undefined
      } else if (line === '') return
      else if (drawn) told = {}
      else drawing.push(line)
    }
    checkArrowLines(join(folder, file), answer, hear)
  })
})
