import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { diffRules, saveVersion, startHistory } from '../../src/rules/rule-history'
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
      ['imported', 3, undefined],
      ['told', 2, '7.13.0'],
    ])
    expect(opened[1]?.rule.query).toMatch(/^sequence by host\.id with/)
  })

  test('an edit that was saved comes first; one that changes nothing does not', () => {
    const edited = withQuery(rule, 'process where true')
    const saved = saveVersion(opened, edited, 2000)
    expect(saved.map(({ id }) => id)).toEqual(['saved-1', 'imported', 'told-2'])
    expect(saveVersion(saved, edited, 3000)).toBe(saved)
    expect(saveVersion(saved, rule, 4000)[0]).toMatchObject({ id: 'saved-2', time: 4000 })
  })

  test('two versions differ in what they say, not in how they are laid out', () => {
    const other = withQuery(rule, rule.query.replaceAll(' [', '\n  ['))
    expect(diffRules(rule, other).query.every(({ kind }) => kind === 'same')).toBe(true)
    const { fields, query } = diffRules(opened[1]!.rule, rule)
    expect(fields).toContain('query')
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
})
