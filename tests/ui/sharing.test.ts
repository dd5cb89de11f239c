import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readExceptionLists } from '../../src/rules/exception-list'
import { bundledRules } from '../../src/rules/library'
import { readRules } from '../../src/rules/rule-file'
import { readLink } from '../../src/share/link-text'
import { readReproduction } from '../../src/share/reproduction'
import { questionOf } from '../../src/ui/share/open-shared'
import { packForCluster } from '../../src/ui/share/pack-for-cluster'
import { printIssue } from '../../src/ui/share/print-issue'
import { printPullRequest } from '../../src/ui/share/print-pull-request'
import { printReport } from '../../src/ui/share/report'
import { withOriginals } from '../../src/ui/share/save-bundle'
import { WitnessEngine } from '../../src/ui/share/witness-engine'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import { keepVersion } from '../../src/ui/state/rule-versions'
import { EngineHost } from '../../src/worker/host'
import { beginSheet, openDesk, openRule, openSheet } from './sharing-desk'

const RULE = `
[rule]
name = "Two starts"
type = "eql"
query = '''
sequence by user.name with maxspan=1m
  [process where process.name == "a.exe"]
  [process where process.name == "b.exe"]
'''
`
const at = (second: number, name: string, more: object = {}) =>
  JSON.stringify({
    '@timestamp': `2025-01-01T00:00:${String(second).padStart(2, '0')}Z`,
    event: { category: 'process' },
    process: { name },
    user: { name: 'ann' },
    ...more,
  })
const EVENTS = [
  at(1, 'a.exe', { host: { name: 'ws1' }, _id: 'first' }),
  at(2, 'noise.exe'),
  at(3, 'b.exe', { host: { name: 'scan-1' } }),
  at(4, 'b.exe', { host: { name: 'ws1' }, source: { ip: '10.1.2.3' } }),
].join('\n')

const ruleOf = (text = RULE) => openRule(readRules(text).rules[0])

/** What a link comes to for someone who has nothing else. */
async function openLink(fragment: string | undefined) {
  const link = await readLink(fragment ?? '')
  const read = link.ok ? readReproduction(link.text) : link
  if (!read.ok) throw new Error(read.problem.sentence)
  const question = questionOf(read.reproduction)
  const verdict = await new WitnessEngine(new EngineHost()).ask(question!)
  return { reproduction: read.reproduction, verdict }
}

describe('what leaves', () => {
  test('is the fewest events and fields, with ids that can be ticked off', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
    expect(sheet.eventCount).toBe(2)
    expect(sheet.fields).toContain('_id')
    expect(sheet.fields).not.toContain('host.name')
    sheet.fieldsOff = ['_id']
    await sheet.update()
    expect(sheet.sealed?.holds).toBe(true)
    expect(sheet.sealed?.reproduction.sources[0]?.text).not.toContain('first')
  })

  test('with a field that decides ticked off is said to show it no more', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.fieldsOff = ['user.name']
    await sheet.update()
    expect(sheet.sealed).toMatchObject({ holds: false, matches: 0 })
  })

  test('is without a field of one event that is ticked off', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.wholeEvents = true
    await sheet.update()
    const [first, second] = sheet.events
    sheet.toggleCell(first!.row, 'host.name')
    sheet.toggleCell(first!.row, '_id')
    await sheet.update()
    const [text, other] = sheet.sealed!.reproduction.sources[0]!.text.split('\n')
    expect(text).not.toMatch(/ws1|first/)
    expect(other).toContain('scan-1')
    sheet.toggleCell(second!.row, 'user.name')
    await sheet.update()
    expect(sheet.sealed?.holds).toBe(false)
  })

  test('tells of people and machines only as far as it is ticked', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.wholeEvents = true
    await sheet.update()
    expect([...sheet.personalKinds].sort()).toEqual(['host', 'user'])
    const [first, second] = sheet.events
    sheet.toggleCell(first!.row, 'host.name')
    expect(sheet.personalKinds).toContain('host')
    sheet.toggleRow(second!.row)
    expect(sheet.personalKinds).toEqual(['user'])
    sheet.toggleField('user.name')
    await sheet.update()
    expect(sheet.personalKinds).toEqual([])
  })

  test('is whole events where that is asked for', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.wholeEvents = true
    await sheet.update()
    expect(sheet.fields).toContain('host.name')
    expect(sheet.eventCount).toBe(2)
  })

  test('is what the list shows, with the result itself', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    desk.bench.listed = { fields: ['process.name'], search: 'noise' }
    sheet.howMuch = 'listed'
    await sheet.update()
    expect(sheet.sealed?.holds).toBe(true)
    expect(sheet.eventCount).toBe(3)
    expect(sheet.sealed?.reproduction.sources[0]?.text).toContain('noise.exe')
  })

  test('keeps the names that the rule asks for, and says so', async () => {
    const rule = ruleOf(RULE.replace('"a.exe"]', '"a.exe" and user.name != "root9"]'))
    const events = `${EVENTS}\n${at(5, 'a.exe', { user: { name: 'root9' } })}`
    const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': events } })
    const sheet = await openSheet(desk)
    sheet.howMuch = 'listed'
    sheet.otherNames = true
    await sheet.update()
    expect(sheet.namesKept).toEqual(['root9'])
    const text = sheet.sealed?.reproduction.sources[0]?.text
    expect(text).toContain('root9')
    expect(text).not.toMatch(/ann|ws1|10\.1\.2\.3/)
    expect(sheet.sealed?.holds).toBe(true)
  })

  test('is what was chosen while it was looked for', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const { sheet, begun } = beginSheet(desk)
    sheet.otherNames = true
    await Promise.all([begun, sheet.update()])
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
    expect(sheet.eventCount).toBe(2)
    expect(sheet.sealed?.reproduction.sources[0]?.text).not.toContain('ann')
  })

  test('of more than a link holds is a file', async () => {
    const noise = Array.from({ length: 3_000 }, (_, n) =>
      at(5 + (n % 50), `${Math.sin(n)}.exe`, { id: `${Math.cos(n)}` }),
    )
    const events = `${EVENTS}\n${noise.join('\n')}`
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': events } })
    const sheet = await openSheet(desk)
    expect(sheet.sealed?.fragment?.length).toBeLessThan(2_000)
    sheet.howMuch = 'listed'
    await sheet.update()
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
    expect(sheet.sealed?.fragment).toBeUndefined()
    expect(sheet.eventCount).toBe(3_004)
  })

  test('without any result is everything', async () => {
    const desk = await openDesk({
      rules: [ruleOf(RULE.replaceAll('.exe"', '.no"'))],
      events: { 'e.ndjson': EVENTS },
    })
    const sheet = await openSheet(desk)
    expect([sheet.howMuch, sheet.hint === '', sheet.problem]).toEqual(['all', false, ''])
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 0 })
  })

  test('can be a rule that does not run', async () => {
    const desk = await openDesk({
      rules: [ruleOf(RULE.replace('sequence', 'sequenze'))],
      events: { 'e.ndjson': EVENTS },
    })
    const sheet = await openSheet(desk)
    expect(sheet.sealed?.holds).toBe(false)
    expect(sheet.sealed?.told).toBeUndefined()
    expect(sheet.sealed?.reproduction.rules[0]?.text).toContain('sequenze')
  })
})

describe('a link holds', () => {
  const hiding = (host: string) =>
    readExceptionLists(
      [{ list_id: 'ours', name: 'Ours', type: 'detection' }],
      [
        {
          list_id: 'ours',
          item_id: 'scanner',
          name: 'The scanner',
          type: 'simple',
          entries: [
            { field: 'host.name', type: 'match', operator: 'included', value: host },
          ],
        },
      ],
    )

  test('the exceptions of its rule, so that it opens to the same', async () => {
    const rule = openRule({
      ...readRules(RULE).rules[0]!,
      exceptions: hiding('scan-1'),
    })
    const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    // The event of the scanner would be taken in place of the one that is.
    sheet.howMuch = 'context'
    sheet.wholeEvents = true
    await sheet.update()
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
    const { verdict, reproduction } = await openLink(sheet.sealed?.fragment)
    expect(reproduction.rules[0]?.exceptions).toContain('scan-1')
    expect(verdict?.matchCount).toBe(1)
  })

  test('exceptions whose names stay, under other names', async () => {
    const rule = openRule({
      ...readRules(RULE).rules[0]!,
      exceptions: hiding('scan-1'),
    })
    const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.howMuch = 'listed'
    sheet.otherNames = true
    await sheet.update()
    expect(sheet.namesKept).toEqual(['scan-1'])
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
  })

  test('filters, and not those that are switched off', async () => {
    const filter = { query: { match_phrase: { 'host.name': 'ws1' } }, meta: {} }
    const rule = openRule({ ...readRules(RULE).rules[0]!, filters: [filter] })
    rule.filtersOff = ['filter-1']
    const desk = await openDesk({ rules: [rule], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    expect(sheet.sealed?.reproduction.rules[0]?.text).not.toContain('match_phrase')
    rule.filtersOff = []
    await sheet.update()
    expect(sheet.sealed?.reproduction.rules[0]?.text).toContain('match_phrase')
    expect(await openLink(sheet.sealed?.fragment)).toBeDefined()
  })

  test('of the mapping what its fields need', async () => {
    const keyword = { type: 'keyword' }
    const mapping = JSON.stringify({
      mappings: {
        properties: {
          '@timestamp': { type: 'date' },
          event: { properties: { category: keyword } },
          process: { properties: { name: { type: 'alias', path: 'exe' }, pid: keyword } },
          exe: keyword,
          user: { properties: { name: { type: 'keyword', normalizer: 'x' } } },
          ...Object.fromEntries(
            Array.from({ length: 500 }, (_, n) => [`f${n}${Math.sin(n)}`, keyword]),
          ),
        },
      },
    })
    const events = EVENTS.replaceAll('"process":{"name":', '"exe":').replaceAll(
      '.exe"}',
      '.exe"',
    )
    const desk = await openDesk({
      rules: [ruleOf()],
      events: { 'e.ndjson': events },
      mapping,
    })
    const sheet = await openSheet(desk)
    expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
    const { verdict, reproduction } = await openLink(sheet.sealed?.fragment)
    expect(verdict?.matchCount).toBe(1)
    expect(reproduction.mapping?.text).toContain('"exe"')
    expect(reproduction.mapping?.text.length).toBeLessThan(500)
  })

  test('the step that is looked at, a title and a note', async () => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    desk.bench.chosen = { kind: 'match', index: 0, step: 2 }
    const sheet = await openSheet(desk)
    sheet.title = ' Look '
    sheet.note = 'At the second step.'
    await sheet.update()
    const { reproduction } = await openLink(sheet.sealed?.fragment)
    expect(reproduction).toMatchObject({
      title: 'Look',
      note: 'At the second step.',
      view: { rule: 0, kind: 'match', place: 0, step: 2 },
    })
  })
})

const MAPPING = JSON.stringify({
  _meta: { owner: 'ann' },
  properties: {
    '@timestamp': { type: 'date' },
    event: { properties: { category: { type: 'keyword' } } },
    process: { properties: { name: { type: 'keyword' } } },
    user: { properties: { name: { type: 'keyword' } } },
  },
})

test('under other names files are called anew, and what has the real ones stays', async () => {
  const rule = ruleOf()
  rule.tests = { text: 'format = 1' }
  rule.text = rule.text.replace('1m', '2m // by ann')
  keepVersion(rule, 1, 'saved')
  rule.text = rule.text.replace(' // by ann', '')
  const desk = await openDesk({ rules: [rule], events: { 'ws1-log.ndjson': EVENTS } })
  rule.draft = { text: '[rule] by ann', query: rule.text }
  desk.bench.mapping = { name: 'of-ws1.json', text: MAPPING }
  const sheet = await openSheet(desk)
  sheet.howMuch = 'all'
  sheet.otherNames = true
  await sheet.update()
  expect(sheet.sealed?.holds).toBe(true)
  expect(JSON.stringify(sheet.sealed?.reproduction)).not.toMatch(/ws1|ann|format = 1/)
  expect(sheet.mappingText).toContain('user-1')
  sheet.otherNames = false
  await sheet.update()
  expect(sheet.mappingText).toBe(MAPPING)
})

describe('the words of a rule under other names', () => {
  const exceptions = readExceptionLists(
    [{ list_id: 'ours', name: 'Machines of ann', description: 'by ann', type: 'x' }],
    [
      {
        ...{ list_id: 'ours', item_id: 'one', name: 'ws1 is fine', type: 'simple' },
        comments: [{ comment: 'ann agreed', created_by: 'ann' }],
        entries: [
          { field: 'process.name', type: 'match', operator: 'included', value: 'q.exe' },
        ],
      },
    ],
  )
  const filter = { query: { match_all: {} }, meta: { alias: 'all of ann' } }
  const open = () => {
    const words = `name = "Two starts of ann"
description = "Seen first with ann."
note = "Ask ann."
author = ["ann"]
references = ["https://ws1.example/ann"]
interval = "5m"`
    const text = RULE.replace('name = "Two starts"', words)
      .replace('1m', '1m // of ann')
      .replace('process.name ==', 'process.name /* ws1 */ ==')
    const filters = [filter]
    const rule = openRule({ ...readRules(text).rules[0]!, exceptions, filters })
    return openDesk({ rules: [rule], events: { 'e.ndjson': EVENTS } })
  }

  test.each(['witness', 'listed', 'all'] as const)(
    'stay here with %s, and its name is another',
    async (howMuch) => {
      const desk = await open()
      const sheet = await openSheet(desk)
      sheet.howMuch = howMuch
      sheet.wholeEvents = true
      sheet.otherNames = true
      await sheet.update()
      expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
      expect(sheet.namesKept).toEqual([])
      const [rule] = sheet.leavingRules
      expect(rule?.name).toBe('Two starts of user-1')
      expect(sheet.sealed?.reproduction.rules[0]?.exceptions).toContain('q.exe')
      const evidence = { rule: rule!, sealed: sheet.sealed!, address: undefined }
      const kit = await packForCluster([rule!], [], [], undefined)
      const told = [
        JSON.stringify(sheet.sealed?.reproduction),
        await printReport(evidence, []),
        printPullRequest(evidence, ''),
        printIssue(evidence),
        strFromU8(unzipSync(await kit.bytes())['rules.ndjson']!),
      ]
      for (const text of told) expect(text).not.toMatch(/\bann\b|ws1/)
    },
  )

  test('leave as they are where that is ticked', async () => {
    const desk = await open()
    const sheet = await openSheet(desk)
    sheet.howMuch = 'all'
    sheet.otherNames = sheet.ruleWords = true
    await sheet.update()
    expect(sheet.sealed?.holds).toBe(true)
    const { rules, sources } = sheet.sealed!.reproduction
    expect(rules[0]?.text).toContain('Ask ann.')
    expect(rules[0]?.text).toContain('// of ann')
    expect(rules[0]?.exceptions).toContain('ann agreed')
    expect(sources[0]?.text).not.toContain('ann')
  })
})

test.each([-5, 0, null, undefined, 1.9, 1e9])(
  '%s events around a result are as many as that can mean',
  async (around) => {
    const desk = await openDesk({ rules: [ruleOf()], events: { 'e.ndjson': EVENTS } })
    const sheet = await openSheet(desk)
    sheet.howMuch = 'context'
    sheet.around = around
    await sheet.update()
    expect(sheet.sealed?.holds).toBe(true)
    expect(sheet.eventCount).toBe(around === 1e9 ? 4 : around === 1.9 ? 3 : 2)
  },
)

test('everything has no link, and the file of each source is its own', async () => {
  const [one, two] = [at(1, 'a.exe'), at(4, 'b.exe')]
  const desk = await openDesk({ rules: [ruleOf()], events: { one, two } })
  // Two of one name, the first of which has nothing to pass on.
  const files = ['off', 'one', 'two'].map((id) => {
    const file = { id, name: 'log.ndjson', blob: new Blob([id]) }
    return new OpenSource(file, id !== 'off')
  })
  desk.bench.sources = files
  const sheet = await openSheet(desk)
  sheet.howMuch = 'all'
  await sheet.update()
  expect(sheet.sealed).toMatchObject({ holds: true, matches: 1 })
  expect(sheet.sealed?.fragment).toBeUndefined()
  expect(sheet.sourceIds).toEqual(['one', 'two'])
  const opened = sheet.sourceIds.map((id) => files.find((file) => file.id === id))
  const { originals } = await withOriginals(sheet.sealed!.reproduction, opened)
  const texts = originals.map(({ bytes }) => strFromU8(bytes))
  expect(texts).toEqual(['one', 'two'])
})

test('of rules that have no answer to what they ask now, no counts are told', async () => {
  const named = (name: string) => ruleOf(RULE.replace('Two starts', name))
  const rules = ['One', 'Two', 'Three'].map(named)
  const desk = await openDesk({ rules, events: { 'e.ndjson': EVENTS } })
  rules[2]!.state = 'running'
  const sheet = await openSheet(desk)
  sheet.howMuch = 'all'
  await sheet.update()
  expect(sheet.sealed?.reproduction.rules).toHaveLength(3)
  const counts = { matches: 1, nearMisses: 0 }
  expect(sheet.sealed?.reproduction.opensTo).toEqual([counts, counts])
})

test('a bundled rule goes into a file with its tests', async () => {
  const [bundled] = bundledRules
  const rule = openRule(bundled!.rule)
  const events = await bundled!.loadEvents()
  const desk = await openDesk({ rules: [rule], events: { 'events.ndjson': events } })
  const sheet = await openSheet(desk)
  sheet.howMuch = 'all'
  await sheet.update()
  expect(sheet.sealed?.reproduction.rules[0]).toMatchObject({
    text: bundled!.tomlText,
    tests: { text: bundled!.testsText, events },
  })
})
