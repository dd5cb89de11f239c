import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { EvaluationFailure } from '../../src/engine/failure'
import { LeafCache } from '../../src/engine/leaf-cache'
import { checkArrowLines } from '../support/arrow-lines'
import { readEventQuery } from '../support/event-query'
import { drawTable, type DrawnTable } from '../support/text-table'

const folder = join(import.meta.dirname, 'conditions')
const now = Date.UTC(2026, 0, 5, 12, 30)

/** Of one event the truth; of several the numbers of those that satisfy the condition. */
function answerOf(drawn: DrawnTable, leaves: LeafCache, condition: string): string {
  const { table, schema } = drawn
  const context = { table, schema, categoryField: 'event.category', now, leaves }
  try {
    const query = readEventQuery(condition)
    const compiled = compileCondition(query, context)
    const rows = compiled.rows()
    for (let row = 0; row < table.rowCount; row++)
      expect(compiled.evidence(row).truth === true, condition).toBe(rows.has(row))
    if (table.rowCount === 1) return String(compiled.evidence(0).truth)
    const ids = rows.rows().map((row) => table.id(row))
    return ids.join(' ') || 'none'
  } catch (error) {
    if (error instanceof EvaluationFailure) return `! ${error.failure.reason}`
    throw error
  }
}

describe('conditions over drawn events', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    let drawing: string[] = []
    let drawn: DrawnTable | undefined
    let leaves = new LeafCache()
    const answer = (condition: string): string => {
      drawn ??= drawTable(drawing.join('\n'))
      return answerOf(drawn, leaves, condition)
    }
    const hear = (line: string): void => {
      if (drawn && line.trim() !== '' && !line.startsWith('#')) {
        drawing = []
        drawn = undefined
        leaves = new LeafCache()
      }
      drawing.push(line)
    }
    checkArrowLines(join(folder, file), answer, hear)
  })
})
