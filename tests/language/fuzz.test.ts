import { expect, test } from 'vitest'
import { unionSchema } from '../../src/events/schema-union'
import { checkQuery } from '../../src/language/check'
import { formatQuery } from '../../src/language/format'
import { lintQuery } from '../../src/language/lint'
import { parseQuery } from '../../src/language/parse'
import { scanTokens } from '../../src/language/tokens'
import { bundledRules } from '../../src/rules/library'
import { seededChance, type Chance } from '../support/seeded'
import { readCases } from './read-cases'

/** So many texts; FUZZ=200000 for a long run, SEED=… for other ones. */
const count = Number(process.env['FUZZ'] ?? 5000)
const seed = Number(process.env['SEED'] ?? 1)

/** Only what hangs takes as long, on a machine that is busy too. */
const HANG_MS = 5000

const schema = unionSchema({ columnNames: () => [], column: () => undefined })
const options = { categoryField: 'event.category', timestampField: '@timestamp' }

/** Everything an editor asks of a text. */
function readAll(text: string): void {
  const { query, diagnostics } = parseQuery(text)
  const all = query
    ? [...checkQuery(query, schema, options), ...lintQuery(query, schema)]
    : diagnostics
  if (!query && diagnostics.length === 0) throw new Error('refused without a word')
  for (const span of all.flatMap((one) => [one, ...editsOf(one)]))
    if (!(0 <= span.from && span.from <= span.to && span.to <= text.length))
      throw new Error(`${span.from}–${span.to} is not inside the text`)
  const formatted = formatQuery(text)
  if (formatQuery(formatted) !== formatted) throw new Error('formatted twice')
}

const editsOf = ({ fixes = [] }: ReturnType<typeof parseQuery>['diagnostics'][number]) =>
  fixes.flatMap(({ edits }) => edits)

function timeOf(text: string): number {
  const start = performance.now()
  readAll(text)
  return performance.now() - start
}

/** What is wrong with how a text is read, if anything. */
function judge(text: string): string | undefined {
  try {
    const ms = timeOf(text)
    return ms > HANG_MS ? `${ms.toFixed(0)} ms` : undefined
  } catch (error) {
    return String(error)
  }
}

const caseFiles = ['queries', 'expressions', 'sequences', 'literals', 'errors', 'format']
const queries = [
  ...bundledRules.map(({ rule }) => rule.query),
  ...caseFiles.flatMap((name) => readCases(`${name}.txt`).map(({ source }) => source)),
]
const words = [
  ...new Set(queries.flatMap((text) => scanTokens(text).map((token) => token.text))),
  ...['/*', '*/', '//', '\n', '"""', '"', "'", '`', '\\', '~', '&&', '=', '![', '😀'],
]

const listOf = <Item>(chance: Chance, most: number, make: () => Item) =>
  Array.from({ length: chance.below(most) }, make)

const makers: Readonly<Record<string, (chance: Chance) => string>> = {
  'random bytes': (chance) =>
    new TextDecoder().decode(
      Uint8Array.from(listOf(chance, 200, () => chance.below(256))),
    ),
  'token soup': (chance) =>
    listOf(chance, 60, () => chance.pick(words)).join(chance.pick([' ', ' ', ''])),
  'mutated queries': (chance) => {
    let text = chance.pick(queries)
    for (let times = 1 + chance.below(4); times > 0; times--) text = mutate(chance, text)
    return text
  },
}

/** Cuts, doubles, swaps or puts in a piece, a token or a character. */
function mutate(chance: Chance, text: string): string {
  const from = chance.below(text.length + 1)
  const to = Math.min(text.length, from + chance.below(chance.pick([2, 10, 80])))
  const piece = text.slice(from, to)
  const put = chance.pick([
    '',
    piece + piece,
    chance.pick(words),
    ` ${chance.pick(words)} `,
    String.fromCharCode(chance.below(128)),
    chance.pick(queries),
  ])
  return text.slice(0, from) + put + text.slice(to)
}

test.each(Object.keys(makers))('%s', { timeout: 30 * 60_000 }, (name) => {
  const chance = seededChance(seed)
  const times = Math.ceil(count / Object.keys(makers).length)
  const failures: string[] = []
  for (let i = 0; i < times && failures.length < 5; i++) {
    const text = makers[name]!(chance)
    const failure = judge(text)
    if (failure) failures.push(`${failure}: ${JSON.stringify(text)}`)
  }
  expect(failures).toEqual([])
})
