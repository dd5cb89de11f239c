import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { printCase, printDrawn, readCases } from './drawn-windows'

const CASES = new URL('cases/', import.meta.url)

// UPDATE=1 writes what events become behind `==>`; look at the difference.
for (const file of readdirSync(CASES))
  describe(file.replace('.txt', ''), () => {
    const url = new URL(file, CASES)
    const cases = readCases(readFileSync(url, 'utf8'))
    if (process.env['UPDATE'])
      writeFileSync(
        url,
        `${cases.map((each) => printCase(each, printDrawn(each.drawing))).join('\n\n')}\n`,
      )
    test.each(cases)('$title', ({ drawing, expected }) => {
      if (!process.env['UPDATE']) expect(printDrawn(drawing)).toBe(expected)
    })
  })
