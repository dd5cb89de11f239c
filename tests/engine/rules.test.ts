import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { EvaluationFailure } from '../../src/engine/failure'
import { checkDrawnRules } from './drawn-rules'
import { bindRule, printMatches, runBound } from './rule-answer'

const folder = join(import.meta.dirname, 'tables')

/** `@tiebreaker field` and `@samples n` set what a request would. */
describe('rules over drawn events', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    checkDrawnRules(join(folder, file), (drawn, rule, told) => {
      const bound = bindRule(drawn, rule, told.tiebreaker)
      try {
        return printMatches(drawn, runBound(bound, Number(told.samples ?? 1)))
      } catch (error) {
        if (error instanceof EvaluationFailure) return `! ${error.failure.reason}`
        throw error
      }
    })
  })
})
