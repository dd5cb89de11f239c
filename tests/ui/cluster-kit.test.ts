import { strFromU8, unzipSync } from 'fflate'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseQuery } from '../../src/language/parse'
import { readRules } from '../../src/rules/rule-file'
import { packForCluster } from '../../src/ui/share/pack-for-cluster'
import { exampleRules, readExample } from '../../src/ui/state/example'
import { openStoredRule } from '../../src/ui/state/stored-rule'
import { EngineHost } from '../../src/worker/host'

/*
 * What is exported for a cluster, held against what a cluster takes: the search of
 * language.md 8.1, whose parser is strict, and the import of rules.md 1.2 and 1.3.
 */
const fieldName = v.pipe(v.string(), v.minLength(1))
const search = v.strictObject({
  query: v.pipe(v.string(), v.minLength(1)),
  size: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  fetch_size: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  event_category_field: v.exactOptional(fieldName),
  timestamp_field: v.exactOptional(fieldName),
  tiebreaker_field: v.exactOptional(fieldName),
  result_position: v.exactOptional(v.picklist(['head', 'tail'])),
  max_samples_per_key: v.exactOptional(v.pipe(v.number(), v.minValue(1))),
  filter: v.exactOptional(v.record(v.string(), v.unknown())),
  fields: v.exactOptional(
    v.array(v.union([v.string(), v.looseObject({ field: v.string() })])),
  ),
  runtime_mappings: v.exactOptional(v.record(v.string(), v.unknown())),
})

const TYPES = [
  ...['keyword', 'wildcard', 'text', 'match_only_text', 'boolean', 'ip', 'geo_point'],
  ...['date', 'date_nanos', 'long', 'integer', 'short', 'byte', 'unsigned_long'],
  ...['double', 'float', 'half_float', 'version', 'flattened'],
]
interface Property {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Property>>
}
const property: v.GenericSchema<Property> = v.union([
  v.strictObject({
    type: v.picklist(TYPES),
    fields: v.exactOptional(
      v.record(v.string(), v.strictObject({ type: v.picklist(TYPES) })),
    ),
  }),
  v.strictObject({ properties: v.lazy(() => v.record(v.string(), property)) }),
])
const mapping = v.strictObject({
  mappings: v.strictObject({ properties: v.record(v.string(), property) }),
})

const list = v.array(v.unknown())
const rule = v.looseObject({
  rule_id: fieldName,
  name: fieldName,
  description: v.string(),
  risk_score: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  severity: v.picklist(['low', 'medium', 'high', 'critical']),
  type: v.literal('eql'),
  language: v.literal('eql'),
  query: v.string(),
  index: v.exactOptional(v.array(v.string())),
  enabled: v.exactOptional(v.literal(false)),
  interval: v.exactOptional(v.pipe(v.string(), v.regex(/^\d+[smhd]$/))),
  from: v.exactOptional(v.string()),
  tags: v.exactOptional(v.array(v.string())),
  threat: v.exactOptional(list),
  references: v.exactOptional(v.array(v.string())),
})
const summary = v.looseObject({
  exported_count: v.number(),
  exported_rules_count: v.number(),
  missing_rules: list,
  missing_rules_count: v.literal(0),
  exported_exception_list_count: v.number(),
  exported_exception_list_item_count: v.number(),
})

const rules = exampleRules.flatMap((stored) => openStoredRule(stored) ?? [])
let textOf: (path: string) => string
let paths: readonly string[]

beforeAll(async () => {
  const host = new EngineHost()
  const { data, blobs } = await readExample('light')
  for (const { id, name } of data.sources)
    await host.load({ id, name, blob: blobs.get(id)! })
  const rows = await host.activeRows(10_000)
  const lines = await host.exportEvents(rows, 'whole')
  const zip = await packForCluster(rules, lines, await host.fields(), undefined)
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  paths = Object.keys(files)
  textOf = (path) => strFromU8(files[path] ?? new Uint8Array())
})

const jsonLines = (path: string): readonly unknown[] =>
  textOf(path)
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

describe('what is exported for a cluster', () => {
  test('are searches that it takes', () => {
    const requests = textOf('searches.txt')
      .split(/^# .*$/m)
      .slice(1)
    expect(requests).toHaveLength(rules.length)
    for (const [place, request] of requests.entries()) {
      const [, index, body = ''] =
        /^\nGET \/(\S+)\/_eql\/search\n([^]+)$/.exec(request) ?? []
      expect(index).toMatch(/^maxspan-[a-z0-9-]+$/)
      const json = body.replace(/"""\n([^]*?)\n"""/, (_, text: string) =>
        JSON.stringify(text),
      )
      const { query } = v.parse(search, JSON.parse(json))
      expect(query).toBe(rules[place]?.text)
      expect(parseQuery(query).query).toBeDefined()
    }
  })

  test('is a mapping of every field, and events that it holds', () => {
    const { mappings } = v.parse(mapping, JSON.parse(textOf('mapping.json')))
    const documents = jsonLines('events.bulk.ndjson')
    const ids = new Set<unknown>()
    for (const [at, line] of documents.entries()) {
      if (at % 2 === 0) {
        const form = v.strictObject({ create: v.strictObject({ _id: fieldName }) })
        ids.add(v.parse(form, line).create._id)
        continue
      }
      const names = Object.keys(v.parse(v.record(v.string(), v.unknown()), line))
      expect(names.filter((name) => name.startsWith('_'))).toEqual([])
      expect(names.filter((name) => !isMapped(mappings, name))).toEqual([])
    }
    // None takes the place of another.
    expect(ids.size).toBe(documents.length / 2)
    expect(ids.size).toBeGreaterThan(100)
    expect(textOf('events.bulk.ndjson')).toMatch(/\n$/)
  })

  test('are rules that Kibana imports, and that say the same here', () => {
    const lines = jsonLines('rules.ndjson')
    const records = lines.slice(0, -1).map((line) => v.parse(rule, line))
    const counts = v.parse(summary, lines.at(-1))
    expect(records).toHaveLength(rules.length)
    expect([counts.exported_rules_count, counts.exported_count]).toEqual([
      rules.length,
      lines.length - 1,
    ])
    expect(new Set(records.map(({ rule_id }) => rule_id)).size).toBe(rules.length)
    const again = readRules(textOf('rules.ndjson'), 'rules.ndjson').rules
    expect(again.map(({ name, query }) => [name, query])).toEqual(
      rules.map(({ name, text }) => [name, text]),
    )
  })

  test('comes with a page of four commands, each of a file that is there', () => {
    const steps = textOf('README.md').match(/^\d\. .*$/gm)
    expect(steps).toHaveLength(4)
    expect([...paths].sort()).toEqual([
      'README.md',
      'events.bulk.ndjson',
      'mapping.json',
      'rules.ndjson',
      'searches.txt',
    ])
  })
})

test('two events of one id are two documents', async () => {
  const lines = ['{"_id":"a","x":1}', '{"_id":"a","x":2}', '{"_id":"a-2","x":3}']
  const zip = await packForCluster(rules.slice(0, 1), lines, [], undefined)
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  const text = strFromU8(files['events.bulk.ndjson']!)
  expect(text.match(/"_id":"[^"]+"/g)).toEqual([
    '"_id":"a"',
    '"_id":"a-2"',
    '"_id":"a-2-2"',
  ])
})

function isMapped(root: Property, name: string): boolean {
  let place: Property | undefined = root
  for (const part of name.split('.')) place = place?.properties?.[part]
  return place?.type !== undefined
}
