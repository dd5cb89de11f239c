import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/**
 * Checks every `question ==> answer` line of a text file; `hear` is told all other lines
 * as they come. An arrow that nothing follows is a wrong answer. With UPDATE=1 in the environment the answers are written instead.
 */
export function checkArrowLines(
  path: string,
  answer: (question: string) => string,
  hear: (line: string) => void = () => undefined,
): void {
  const told = readFileSync(path, 'utf8')
  const lines = told.split('\n').map((line) => {
    const arrow = line.search(/ ==>( |$)/)
    if (arrow < 0 || line.startsWith('#')) {
      hear(line)
      return line
    }
    return `${line.slice(0, arrow)} ==> ${answer(line.slice(0, arrow).trim())}`
  })
  const found = lines.join('\n')
  if (process.env['UPDATE'] === '1') writeFileSync(path, found)
  else expect(found).toBe(told)
}
