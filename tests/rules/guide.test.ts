import { expect, test } from 'vitest'
import { parseQuery } from '../../src/language/parse'
import { printEventTest } from '../../src/rules/event-test'
import { fillPlaceholders, investigate, readGuide } from '../../src/rules/guide'

const GUIDE = `## Look here
!{osquery{"label":"Services","query":"SELECT * FROM services WHERE path = '}' AND user = '{{user.name}}'"}}
Then
$investigate_0
and !{osquery{broken}} too.`

const transform = {
  investigate: [
    {
      label: 'Same process',
      description: 'All it did.',
      providers: [
        [
          {
            field: 'process.pid',
            value: '{{process.pid}}',
            queryType: 'phrase',
            excluded: false,
          },
          { field: 'event.action', value: 'end', queryType: 'phrase', excluded: true },
        ],
        [
          {
            field: 'host.id',
            value: '{{host.id}}',
            queryType: 'phrase',
            excluded: false,
          },
        ],
      ],
      relativeFrom: 'now-48h/h',
      relativeTo: 'now',
    },
  ],
}

test('a guide falls into Markdown and the blocks of plugins', () => {
  const query = "SELECT * FROM services WHERE path = '}' AND user = '{{user.name}}'"
  expect(readGuide({ note: GUIDE, transform })).toMatchObject([
    { kind: 'markdown', text: '## Look here\n' },
    { kind: 'osquery', label: 'Services', query },
    { kind: 'markdown', text: '\nThen\n' },
    { kind: 'investigate', label: 'Same process', from: 'now-48h/h', to: 'now' },
    { kind: 'markdown', text: '\nand !{osquery{broken}} too.' },
  ])
})

test('an investigation is a query over the loaded events', () => {
  const part = readGuide({ note: GUIDE, transform })[3]
  const providers = part?.kind === 'investigate' ? part.providers : []
  const event: Readonly<Record<string, string>> = { 'process.pid': '42' }
  const { test, missing } = investigate(providers, (field) => event[field])
  const typeOf = (field: string) => (field === 'process.pid' ? 'long' : 'keyword')
  const { condition } = printEventTest(test, typeOf)
  expect(condition).toBe(
    '((process.pid == 42 and (event.action == null or not (event.action == "end"))) or false)',
  )
  expect(missing).toEqual(['host.id'])
  expect(parseQuery(`any where ${condition}`).diagnostics).toEqual([])
})

test('placeholders without a value stay', () => {
  const filled = fillPlaceholders('{{a.b}} and {{ c }}', (field) =>
    field === 'c' ? 'x' : undefined,
  )
  expect(filled).toEqual({ text: '{{a.b}} and x', missing: ['a.b'] })
})
