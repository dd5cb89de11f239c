import { describe, expect } from 'vitest'
import { makeZip } from '../ingest/make-archives'
import { journeyTest as test } from './journey'

const event = (id: string, second: number, user: string) =>
  JSON.stringify({
    _id: id,
    '@timestamp': `2026-03-01T10:00:0${second}Z`,
    event: { category: 'process', type: 'start' },
    host: { id: 'h1' },
    user: { name: user },
  })
const EVENTS = [event('a', 1, 'ada'), event('s', 2, 'svc-scan'), event('b', 3, 'bob')]
const events = { name: 'users.ndjson', text: EVENTS.join('\n') }

/** A rule in Kibana's way, with an exception list. */
const EXPORTED = {
  name: 'users.ndjson',
  text: [
    {
      ...{ rule_id: 'r-users', name: 'Named users', type: 'eql', language: 'eql' },
      ...{ description: 'Made up.', severity: 'low', risk_score: 21, version: 1 },
      query: 'process where user.name != null',
      exceptions_list: [
        { id: 'x', list_id: 'l1', type: 'detection', namespace_type: 'single' },
      ],
    },
    { id: 'e1', list_id: 'l1', type: 'detection', name: 'Known good' },
    {
      ...{ id: 'e2', item_id: 'i1', list_id: 'l1', type: 'simple', name: 'Scanner' },
      entries: [
        { field: 'user.name', operator: 'included', type: 'match', value: 'svc-scan' },
      ],
    },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n'),
}

const ruleFile = (n: number) => {
  const system = ['Windows', 'Linux', 'macOS'][n % 3]
  const severity = ['low', 'medium', 'high'][n % 3]
  const language = n % 10 === 9 ? 'esql' : 'eql'
  return {
    name: `rules/rule-${n}.toml`,
    bytes:
      `[rule]\nname = "Made rule ${n}"\ntype = "${language}"\nlanguage = "${language}"\n` +
      `severity = "${severity}"\ntags = ["OS: ${system}"]\n` +
      `query = "process where user.name == \\"${n % 4 === 0 ? 'ada' : 'nobody'}\\""\n`,
  }
}

describe('a long list of rules', () => {
  test('is searched, filtered and sorted', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose(events)
    const zip = makeZip(Array.from({ length: 240 }, (_, n) => ruleFile(n)))
    await journey.choose({ name: 'rules.zip', text: zip })
    await page.getByText('Made rule 0').first().waitFor()
    await journey.settle()
    await page.getByRole('button', { name: 'Filter and sort' }).click()
    await page.getByLabel('Platform').selectOption('Windows')
    await page.getByLabel('Severity').selectOption('low')
    await page.getByText(/^80 of 2\d\d rules$/).waitFor()
    await page.getByLabel('Verdict').selectOption('not-runnable')
    await page.getByText(/^8 of 2\d\d rules$/).waitFor()
    await page.getByText('written in esql').first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'Show all', exact: true }).click()
    await page.getByLabel('Sort by').selectOption('matches')
    await page.getByLabel('Search rules').fill('made rule')
    await page.getByText(/^240 of 2\d\d rules$/).waitFor()
    const first = page.locator('[data-rule]').first()
    expect(await first.getAttribute('data-matches')).toBe('1')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Rules', exact: true }).first().click()
    await page.getByLabel('Search rules').waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })
})

describe('a rule as people have it', () => {
  test('comes with exceptions that can be switched, and keeps what was switched', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    await journey.choose(events, { ...EXPORTED, name: 'rules.ndjson' })
    await page.getByRole('heading', { name: 'Named users' }).waitFor()
    await journey.settle()
    await page.getByRole('tab', { name: 'Exceptions 1/1' }).click()
    await page.getByText(/^Hides 1 event, and 1 match /).waitFor()
    const hiding = Number(await journey.selectedRule().getAttribute('data-matches'))
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('checkbox', { name: 'Scanner' }).press('Space')
    await journey.waitForMatches(hiding + 1)
    await page.getByText(/^Would hide 1 event, and 1 match /).waitFor()
    await journey.settle()
    await page.getByRole('tab', { name: 'Exceptions 0/1' }).waitFor()
  })

  test('has versions, told apart by what they do', async ({ journey }) => {
    const { page } = journey
    await journey.open()
    await journey.choose(events, { ...EXPORTED, name: 'rules.ndjson' })
    await page.getByRole('heading', { name: 'Named users' }).waitFor()
    await journey.settle()
    await journey.writeQuery('process where user.name == "ada"')
    await journey.waitForMatches(1)
    await page.getByRole('tab', { name: 'Versions' }).click()
    await page.getByText('Different: query.').waitFor()
    await page.getByRole('region', { name: 'Query' }).getByText('ada').waitFor()
    await page.locator('[data-change="lost"]').first().waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
    await page.getByRole('button', { name: 'Save version' }).press('Enter')
    await page
      .locator('option', { hasText: /^Saved / })
      .first()
      .waitFor({ state: 'attached' })
    await page.getByLabel('Before').selectOption({ label: 'As it stands now' })
    await page.getByText('Both say the same.').waitFor()
  })

  test('brings along what lies beside it in an archive, and keeps it', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const tests = (name: string, user: string) =>
      `format = 1\n[[test]]\nname = "${name}"\nexpect = "match"\ncount = 1\n` +
      `events = '''\n${event('x', 1, user)}\n'''\n`
    const inFile =
      'format = 1\n[[test]]\nname = "in a file"\nexpect = "match"\ncount = 2\n' +
      'events_file = "events.ndjson"\n'
    const exceptions =
      '[metadata]\nlist_name = "Known good"\nrule_names = ["Made rule 4"]\n' +
      '[[exceptions]]\n[exceptions.container]\nlist_id = "l1"\nname = "Known good"\n' +
      'type = "detection"\n[[exceptions.items]]\nitem_id = "i1"\nname = "Ada"\n' +
      'type = "simple"\nentries = [{ field = "user.name", operator = "included", ' +
      'type = "match", value = "ada" }]\n'
    const twice = [event('y', 1, 'ada'), event('z', 2, 'ada')].join('\n')
    const zip = makeZip([
      { ...ruleFile(0), name: 'sets/own/rule.toml' },
      { name: 'sets/own/tests.toml', bytes: tests('ada is seen', 'ada') },
      { ...ruleFile(4), name: 'sets/other/rule.toml' },
      { name: 'sets/other/tests.toml', bytes: inFile },
      { name: 'sets/other/events.ndjson', bytes: twice },
      { name: 'sets/other/exceptions.toml', bytes: exceptions },
    ])
    await journey.choose({ name: 'own.zip', text: zip })
    await page.getByRole('heading', { name: 'Made rule 0' }).waitFor()
    await journey.settle()
    await page.getByRole('tab', { name: 'Tests' }).click()
    await page.getByText('ada is seen').waitFor()
    const passed = page.locator('[data-tests-passed="1"][data-tests-total="1"]')
    await passed.waitFor()
    const openOther = async () => {
      await page.locator('[data-rule]', { hasText: 'Made rule 4' }).click()
      await page.getByText('in a file').waitFor()
      await passed.waitFor()
      await page.getByRole('tab', { name: 'Exceptions 1/1' }).waitFor()
    }
    await openOther()
    // What an exception of its own file hides is told, too, when it is switched off.
    await page.getByRole('tab', { name: 'Exceptions 1/1' }).click()
    await page.getByText(/^Hides 2 events, and 2 matches /).waitFor()
    await page.locator('[data-rule][data-matches="0"]', { hasText: '4' }).waitFor()
    await page.getByRole('tab', { name: 'Tests' }).click()
    await page.reload()
    await journey.settle()
    await openOther()
    await page.getByRole('tab', { name: 'Exceptions 1/1' }).click()
    await page.getByText(/^Hides 2 events, and 2 matches /).waitFor()
  })

  test('that is damaged keeps what can be read, and says where it ends', async ({
    journey,
  }) => {
    const { page } = journey
    await journey.open()
    const told = (pattern: RegExp) =>
      page.getByRole('region', { name: 'Notices' }).getByText(pattern).waitFor()
    const [first = ''] = EXPORTED.text.split('\n')
    const cut = `${first}\n${first.slice(0, 60)}`
    await journey.choose({ name: 'cut.ndjson', text: cut })
    await told(/^cut\.ndjson, line 2: /)
    await page.getByRole('heading', { name: 'Named users' }).waitFor()
    const broken = `${ruleFile(0).bytes}risk_score = \n`
    await journey.choose({ name: 'broken.toml', text: broken })
    await told(/^broken\.toml, line 8: This is not valid TOML/)
    await page.getByRole('heading', { name: 'Made rule 0' }).waitFor()
    await journey.choose({ name: 'sigma.yml', text: 'title: x\ndetection: none\n' })
    await page.getByRole('button', { name: /^sigma\.yml: / }).click()
    await page.getByRole('menuitem', { name: 'Details…' }).click()
    const sheet = page.getByRole('dialog', { name: 'sigma.yml' })
    await sheet.getByText('Nor is it a rule').waitFor()
    for (const format of ['TOML', 'JSON', 'EQL'])
      await sheet.locator(`[data-objection="${format}"]`, { hasText: 'Line 1' }).waitFor()
    expect(await journey.accessibilityFaults()).toEqual([])
  })
})
