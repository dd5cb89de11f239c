import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { diffRules } from '../../src/rules/rule-difference'
import {
  addEdit,
  addImport,
  dropVersion,
  nameVersion,
  putBack,
  startHistory,
  type RuleHistory,
} from '../../src/rules/rule-history'
import { withQuery } from '../../src/rules/rule-record'
import { diffTexts, type DiffLine } from '../../src/rules/text-diff'

const page = readFileSync(join(import.meta.dirname, 'samples/pages/older.txt'), 'utf8')
const rule = readRules(page).rules[0]!

/** `-old`, `+new` and ` same`, what changed within a line between braces. */
const draw = (lines: readonly DiffLine[]) =>
  lines.map(({ kind, parts }) => {
    const text = parts
      .map((part) => (part.isChanged ? `{${part.text}}` : part.text))
      .join('')
    return { same: ' ', removed: '-', added: '+' }[kind] + text
  })

describe('a history', () => {
  const opened = startHistory(rule, 1000)

  test('the versions a page tells of stand behind the one it shows', () => {
    expect(
      opened.map(({ origin, version, release }) => [origin, version, release]),
    ).toEqual([
      ['imported', undefined, undefined],
      ['told', 2, '7.13.0'],
    ])
    expect(opened[1]?.read()?.query).toMatch(/^sequence by host\.id with/)
  })

  const MINUTE = 60_000
  /** Edits by their texts, `!` before those kept by hand. */
  const edit = (history: RuleHistory, text: string, time: number) =>
    addEdit(
      history,
      { text: text.replace('!', ''), read: () => withQuery(rule, text) },
      time,
      text.startsWith('!') ? 'saved' : 'edited',
    )
  const editAll = (...edits: readonly (readonly [text: string, time: number])[]) =>
    edits.reduce((history, [text, time]) => edit(history, text, time), opened)
  const texts = (history: RuleHistory) =>
    history.flatMap(({ origin, name, text = '' }) =>
      origin === 'edited' || origin === 'saved'
        ? [(origin === 'saved' ? '!' : '') + text + (name ? ` ${name}` : '')]
        : [],
    )

  test.each<[string, RuleHistory, readonly string[]]>([
    ['the newest first', editAll(['a', 0], ['b', 2 * MINUTE]), ['b', 'a']],
    ['what is known is no version', editAll(['a', 0], ['!b', 1], ['a', 2]), ['!b', 'a']],
    ['edits in one go are one', editAll(['a', 0], ['b', 50_000]), ['b']],
    [
      'but one does not go on for ever',
      editAll(['a', 0], ['b', 50_000], ['c', 70_000]),
      ['c', 'b'],
    ],
    ['what is saved is not replaced', editAll(['!a', 0], ['b', 1]), ['b', '!a']],
    ['saved later, it stays', editAll(['a', 0], ['!a', 1], ['b', 2]), ['b', '!a']],
  ])('edits: %s', (_, history, wanted) => {
    expect(texts(history)).toEqual(wanted)
    expect(history.slice(-2).map(({ origin }) => origin)).toEqual(['imported', 'told'])
  })

  test('of edits that nobody saved only the newest fifty stay', () => {
    const edits = Array.from(
      { length: 60 },
      (_, n) => [n < 3 ? `!s${n}` : `e${n}`, n * 2 * MINUTE] as const,
    )
    const kept = texts(editAll(...edits))
    expect(kept.filter((text) => text.startsWith('e'))).toHaveLength(50)
    expect(kept.slice(-4)).toEqual(['e10', '!s2', '!s1', '!s0'])
  })

  test('one that is named stays; one that is dropped can be put back', () => {
    const history = editAll(['a', MINUTE], ['b', 3 * MINUTE], ['c', 5 * MINUTE])
    const b = history[1]!
    expect(texts(nameVersion(history, b.id, ' Tuned '))).toEqual(['c', '!b Tuned', 'a'])
    const named = nameVersion(history, b.id, 'Tuned')
    expect(texts(nameVersion(named, b.id, ''))).toEqual(['c', '!b', 'a'])
    const dropped = dropVersion(history, b.id)
    expect(texts(dropped)).toEqual(['c', 'a'])
    expect(putBack(dropped, b)).toEqual(history)
  })

  test('another file of it comes by its time; the same file is there once', () => {
    const newer = readRules(page.replace('2m', '9m')).rules[0]!
    const files = addImport(edit(opened, 'a', 2000), newer, 3000)
    expect(files.map(({ id }) => id)).toEqual([
      'imported-3000',
      'edited-2000',
      'imported-1000',
      'told-2',
    ])
    const again = addImport(files, rule, 4000)
    expect(again.map(({ id }) => id)).toEqual([
      'imported-4000',
      'imported-3000',
      'edited-2000',
      'told-2',
    ])
  })

  test('two versions differ in what they say, not in how they are laid out', () => {
    const other = withQuery(rule, rule.query.replaceAll(' [', '\n  ['))
    expect(diffRules(rule, other).query.every(({ kind }) => kind === 'same')).toBe(true)
    const { changes, query } = diffRules(opened[1]!.read()!, rule)
    // Nor in an id that is made of the query.
    expect(changes.map(({ field }) => field)).toEqual(['version', 'query'])
    expect(draw(query)).toEqual([
      '-sequence by host.id with maxspan=2m',
      '-  [file where {true}]',
      '+sequence by host.id{,} {user.id }with maxspan=2m',
      '+  [file where {file.path : "C:\\\\Program Files\\\\*"}]',
      '   [process where event.type == "start"]',
    ])
  })
})

describe('the difference of two texts', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['nothing', 'a\nb\n', 'a\nb', [' a', ' b']],
    [
      'a word',
      'one two three\n',
      'one 2 three\n',
      ['-one {two} three', '+one {2} three'],
    ],
    ['a line more', 'a\nc\n', 'a\nb\nc\n', [' a', '+b', ' c']],
    ['a line less', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['line ends', 'a\r\nb\r\n', 'a\nb\n', [' a', ' b']],
  ])('%s', (_what, before, after, lines) => {
    expect(draw(diffTexts(before, after))).toEqual(lines)
  })

  test('each side counts its own lines', () => {
    expect(
      diffTexts('a\nb\nc\n', 'a\nc\nd\n').map(({ oldLine, newLine }) => [
        oldLine,
        newLine,
      ]),
    ).toEqual([
      [1, 1],
      [2, undefined],
      [3, 2],
      [undefined, 3],
    ])
  })

  /** So many lines, or words, that no other letter has. */
  const many = (letter: string, count: number, between: string) =>
    Array.from({ length: count }, (_, n) => `${letter}${n}`).join(between)

  test('texts with nothing in common are one taken away and one added', () => {
    const kinds = diffTexts(
      `same\n${many('a', 600, '\n')}`,
      `same\n${many('b', 500, '\n')}`,
    )
    expect(kinds.map(({ kind }) => kind)).toEqual([
      ...Array<string>(601).fill('removed'),
      ...Array<string>(501).fill('added'),
    ])
    expect(kinds.at(-1)).toMatchObject({ newLine: 501, parts: [{ text: 'b499' }] })
  })

  test('of a line that is another one no words are marked', () => {
    const [before, after] = [many('a', 300, ' '), many('b', 300, ' ')]
    expect(draw(diffTexts(before, after))).toEqual([`-${before}`, `+${after}`])
    const ended = draw(diffTexts(`${before} end`, `${before} final`))
    expect(ended).toEqual([`-${before} {end}`, `+${before} {final}`])
  })
})
