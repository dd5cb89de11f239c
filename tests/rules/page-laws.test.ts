import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeRules, readRules } from '../../src/rules/rule-file'
import { plainPage } from '../../src/rules/page-lines'
import type { Rule } from '../../src/rules/rule'

/*
 * Pages come from browsers, readers and converters, which agree on the words and on little
 * else. None of these changes makes another rule of a page.
 */

const page = (name: string) =>
  readFileSync(join(import.meta.dirname, 'samples/pages', `${name}.txt`), 'utf8')

type Change = (line: string, at: number, lines: readonly string[]) => string
const everyLine =
  (change: Change) =>
  (text: string): string =>
    text.split('\n').map(change).join('\n')

/** Labels with something behind them or a list below, but not their items. */
const LABEL =
  /^\**((?:Rule|Severity|Risk|Runs|Searches|Maximum|References|Tags|Version|Tactic|Technique|Sub-technique)[^:*]{0,30})\**:/
const EXPLORER_LABEL =
  /^(?:Tags|Severity|Risk Score|References|License|Rule Type|Integration Pack|Index Patterns|Related Integrations|False Positive Examples)$/

const inList = (mark: string) =>
  everyLine((line) => line.replace(/^[-*•] (?=\S)/, `${mark} `))
const onLabels = (change: (label: string) => string) =>
  everyLine((line) => line.replace(LABEL, (whole) => change(whole)))

const CHANGES: Readonly<Record<string, (text: string) => string>> = {
  'blanks at the ends of lines': everyLine((line) => (line === '' ? line : `${line}  `)),
  'every line is set in': everyLine((line) => (line === '' ? line : `  ${line}`)),
  'no-break spaces': everyLine((line) => line.replaceAll(' ', '\u00A0')),
  'narrow no-break spaces': everyLine((line) => line.replaceAll(': ', ':\u202F')),
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'zero-width marks': everyLine((line) => (LABEL.test(line) ? `\u200B${line}` : line)),
  'round marks of lists': inList('•'),
  'small marks of lists': inList('·'),
  'open marks of lists': inList('◦'),
  'stars as marks of lists': inList('*'),
  'labels in small letters': onLabels((label) => label.toLowerCase()),
  'labels in capitals': onLabels((label) => label.toUpperCase()),
  'blanks before colons': onLabels((label) => label.replace(/(\**):/, '$1 :')),
  'bold labels': onLabels((label) => `**${label.replaceAll('*', '').slice(0, -1)}**:`),
  'colons that are bold': onLabels((label) => `**${label.replaceAll('*', '')}**`),
  'empty lines between lines': everyLine((line) =>
    LABEL.test(line) || EXPLORER_LABEL.test(line) ? `\n${line}` : line,
  ),
}

/** The same for the rows of the rules explorer, whose labels stand alone. */
const onRows = (change: (label: string) => string) =>
  everyLine((line) => (EXPLORER_LABEL.test(line) ? change(line) : line))
const EXPLORER_CHANGES: typeof CHANGES = {
  'labels with colons': onRows((label) => `${label}:`),
  'labels as headings': onRows((label) => `### ${label}`),
  'labels in other letters': onRows(
    (label) => label.charAt(0) + label.slice(1).toLowerCase(),
  ),
  'values behind their labels': (text) =>
    text.replaceAll(/^(Severity|Risk Score|License|Rule Type)\n/gm, '$1\t'),
  'a risk out of a hundred': (text) => text.replace('\n73\n', '\n73 / 100\n'),
  'no word of a code block': (text) => text.replace('Query text code block:\n', ''),
  'parts as headings': (text) => text.replaceAll(/^(About|Definition)$/gm, '## $1'),
  'another mark of trade': (text) => text.replace('ATT&CK™', 'ATT&CK®'),
}

/** What of a rule no such change touches. */
const factsOf = (rule: Rule | undefined) => ({
  ...rule,
  id: '',
  source: rule?.source.layout,
  // How lines are set in tells nothing.
  query: rule?.query
    .replace(/^[ \t\u00A0]+|[ \t\u00A0]+$/gm, '')
    .replaceAll('\u00A0', ' '),
  note: rule?.note?.replace(/\s+/g, ' ').trim(),
  setup: rule?.setup?.replace(/\s+/g, ' ').trim(),
  remarks: rule?.remarks.length,
})

const LAYOUTS = ['current', 'older', 'reference', 'explorer'] as const

test('marks without any width go from the beginnings of lines, however many', () => {
  const text = 'a\n \uFEFF\uFEFFb\n\n\u200B\uFEFF\u2060c\u200Bd\n'
  expect(plainPage(text)).toBe('a\n b\n\nc\u200Bd\n')
})

describe.each(LAYOUTS)('a page of the layout "%s" is the same rule', (layout) => {
  const text = page(layout)
  const changes = layout === 'explorer' ? { ...CHANGES, ...EXPLORER_CHANGES } : CHANGES
  const facts = factsOf(readRules(text).rules[0])

  test.each(Object.keys(changes))('with %s', (name) => {
    const changed = changes[name]!(text)
    if (name in EXPLORER_CHANGES) expect(changed).not.toBe(text)
    const { rules, problems } = readRules(changed)
    expect(problems).toEqual([])
    expect(looksLikeRules(changed)).toBe(true)
    expect(factsOf(rules[0])).toEqual(facts)
  })

  test('with several of these at once', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(CHANGES), { minLength: 2 }), (names) => {
        const changed = names.reduce((each, name) => CHANGES[name]!(each), text)
        expect(factsOf(readRules(changed).rules[0])).toEqual(facts)
      }),
      { numRuns: 60 },
    )
  })
})

test.each(LAYOUTS)('long lines hold up no page of the layout "%s"', (layout) => {
  const long = ['[', ' ', '#', '*', ':', '\uFEFF'].map((sign) => sign.repeat(300_000))
  const text = page(layout)
  const [rule] = readRules(`${text}\na${long.join('b\na')}b\n`).rules
  expect(rule?.name).toBe(readRules(text).rules[0]?.name)
})

describe.each(LAYOUTS)('a page of the layout "%s" that is cut off', (layout) => {
  const text = page(layout)
  const whole = readRules(text).rules[0]!
  /** From here on the page is known as one. */
  const mark = layout === 'explorer' ? /^Rule Type$/m : /^\W*Rule indices/m
  const known = text.indexOf('\n', text.search(mark))
  const cuts = fc.integer({ min: 0, max: text.length })
  const changes = fc.subarray(Object.keys(CHANGES), { maxLength: 2 })

  test('is read as far as it goes, with whatever changes', () => {
    fc.assert(
      fc.property(cuts, changes, (at, names) => {
        const cut = names.reduce((each, name) => CHANGES[name]!(each), text.slice(0, at))
        const { rules, problems } = readRules(cut)
        expect(rules.length + problems.length).toBeGreaterThan(0)
        if (at <= known) return
        expect(rules.map(({ name }) => name)).toEqual([whole.name])
        // What the page did not get to say is said to be assumed.
        const [rule] = rules
        const assumed = new Set(rule!.assumed.map(({ field }) => field))
        expect(assumed.has('timestampOverride')).toBe(true)
        if (rule!.riskScore === undefined) expect(assumed.has('riskScore')).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('says so, and where', () => {
    const end = text.search(/^\S*(?:Framework|Tactic):|^Copy$/m)
    const last = text.lastIndexOf('\n', text.lastIndexOf('[process'))
    fc.assert(
      fc.property(fc.integer({ min: known, max: Math.min(end, last) }), (at) => {
        const { rules, problems } = readRules(text.slice(0, at))
        const isTold = problems.every(({ message, line }) => message !== '' && line! > 0)
        if (rules.length > 0 || problems.length === 0)
          expect([problems.length > 0, isTold]).toEqual([true, true])
      }),
      { numRuns: 100 },
    )
  })
})
