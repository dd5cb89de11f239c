import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Intake } from '../../src/ui/state/intake'
import type { OpenRules } from '../../src/ui/state/open-rules.svelte'
import type { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'

/** Opens one file and says what it was taken for. */
async function takenFor(name: string, content: string | Uint8Array): Promise<string> {
  const taken: string[] = []
  const bench = new Workbench()
  const rules: Partial<OpenRules> = {
    add: async (list) => void taken.push(...list.map((rule) => `rule ${rule.name}`)),
  }
  const loader: Partial<SourceLoader> = {
    add: async (files) =>
      void taken.push(...files.map(({ file }) => `events ${file.name}`)),
    setMapping: async (mapping) => {
      taken.push(`mapping ${mapping?.name}`)
      return undefined
    },
  }
  const intake = new Intake(bench, rules as OpenRules, loader as SourceLoader)
  await intake.open([new File([content as BlobPart], name)])
  expect(bench.opening).toEqual([])
  return taken.join(', ')
}

const EVENT = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"category":"process"}}'
const FIELDS = '{"properties":{"host":{"type":"keyword"}}}'

test.each([
  ['a.ndjson', `${EVENT}\n${EVENT}\n`, 'events a.ndjson'],
  ['a.json', `[${EVENT}]`, 'events a.json'],
  ['a.ndjson.gz', gzipSync(EVENT), 'events a.ndjson.gz'],
  ['empty', '', 'events empty'],
  ['shot.png', '\x89PNG\r\n\x1a\n', 'events shot.png'],
  ['m.json', FIELDS, 'mapping m.json'],
  ['m.json', `{"mappings":${FIELDS}}`, 'mapping m.json'],
  ['m.json', `{"logs-1":{"mappings":${FIELDS}}}`, 'mapping m.json'],
  // Events may have fields of these names.
  ['e.json', '{"@timestamp":1,"properties":{"host":"a"}}', 'events e.json'],
  ['e.json', '{"@timestamp":1,"mappings":"x"}', 'events e.json'],
  ['e.ndjson', `${FIELDS}\n${EVENT}`, 'events e.ndjson'],
  ['q.eql', '// title: Mine\nprocess where true', 'rule Mine'],
  ['r.toml', '[rule]\nname = "T"\ntype = "eql"\nquery = "any where true"', 'rule T'],
] as const)('%s with %j is %s', async (name, content, taken) => {
  expect(await takenFor(name, content)).toBe(taken)
})

test('a file that cannot be read is told, and the others are opened', async () => {
  const gone = new File(['{"a":1}'], 'gone.ndjson')
  gone.slice = () => {
    throw new DOMException('It is gone.', 'NotFoundError')
  }
  const bench = new Workbench()
  const taken: string[] = []
  const loader: Partial<SourceLoader> = {
    add: async (files) => void taken.push(...files.map(({ file }) => file.name)),
  }
  const rules: Partial<OpenRules> = {}
  const intake = new Intake(bench, rules as OpenRules, loader as SourceLoader)
  await intake.open([gone, new File([EVENT], 'here.ndjson')])
  expect(taken).toEqual(['here.ndjson'])
  expect(bench.opening).toEqual([])
  expect(bench.notices.list.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^gone\.ndjson: /),
  ])
})
