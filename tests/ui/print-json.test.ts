import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printJson } from '../../src/ui/events/print-json'

test('one member a line, empty brackets closed', () =>
  expect(printJson('{"a":[1,{"b":null}],"c":{ },"d":[]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  ))

test('numbers and escapes stay as they were written', () => {
  const text = '{"id":9007199254740993,"x":1e400,"s":"\\u202E \\"{,:}\\" é"}'
  expect(printJson(text).replace(/\n */g, '').replaceAll('": ', '":')).toBe(text)
})

test('it means what it meant', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      expect(JSON.stringify(JSON.parse(printJson(text)))).toBe(text)
    }),
  )
})

test('what is no JSON loses nothing but white space', () => {
  const mark = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'a', ' ', '\n')
  const solid = (text: string) => text.replace(/\s/g, '')
  fc.assert(
    fc.property(
      fc.array(mark).map((marks) => marks.join('')),
      (text) => {
        expect(solid(printJson(text))).toBe(solid(text))
      },
    ),
  )
})

test('nesting 100,000 deep ends, and is not indented off the page', () => {
  const printed = printJson('['.repeat(100_000) + ']'.repeat(100_000))
  expect(printed.length).toBeLessThan(20_000_000)
  expect(printed.startsWith('[\n  [\n')).toBe(true)
})
