import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { packClusterKit } from '../../src/share/cluster-kit'
import { mapFields } from '../../src/share/index-mapping'
import {
  printConsole,
  printCurl,
  type SearchRequest,
} from '../../src/share/search-request'

const request: SearchRequest = {
  index: ['logs-endpoint.events.*', 'west:winlogbeat-*'],
  query: `process where process.name == "it's"`,
  size: 10,
  tiebreakerField: 'event.sequence',
}

describe('a search for a cluster', () => {
  test('in Dev Tools', () => {
    expect(printConsole(request))
      .toBe(`GET /logs-endpoint.events.*,west:winlogbeat-*/_eql/search
{
  "query": "process where process.name == \\"it's\\"",
  "size": 10,
  "tiebreaker_field": "event.sequence"
}
`)
  })

  test('over several lines stays as it is written', () => {
    const query = 'sequence by host.id\n  [any where true]\n  [any where true]'
    expect(printConsole({ index: ['a'], query, size: 5 })).toBe(`GET /a/_eql/search
{
  "query": """
${query}
""",
  "size": 5
}
`)
  })

  test('in a shell', () => {
    const curl = printCurl(request)
    expect(curl).toContain('logs-endpoint.events.*,west:winlogbeat-*/_eql/search"')
    expect(curl).toContain(`it'\\''s`)
  })
})

describe('the mapping of an index', () => {
  test('nests names, and tells what cannot be both field and object', () => {
    const fields = [
      { name: '@timestamp', type: 'date' },
      { name: 'process.pid', type: 'long' },
      { name: 'process.name', type: 'keyword' },
      { name: 'user', type: 'keyword' },
      { name: 'user.name', type: 'keyword' },
      { name: '__proto__.x', type: 'keyword' },
      { name: 'process.name.text', type: 'match_only_text', of: 'process.name' },
      { name: 'user.text', type: 'match_only_text', of: 'user' },
      { name: 'pid', type: 'long', of: 'process.pid' },
    ]
    const { mappings, left } = mapFields(fields)
    expect(left).toEqual(['user'])
    expect(JSON.stringify(mappings.properties)).toBe(
      '{"@timestamp":{"type":"date"},' +
        '"process":{"properties":{"pid":{"type":"long"},"name":{"type":"keyword","fields":{"text":{"type":"match_only_text"}}}}},' +
        '"user":{"properties":{"name":{"type":"keyword"}}},' +
        '"__proto__":{"properties":{"x":{"type":"keyword"}}}}',
    )
  })
})

test('a kit holds what its four commands name', async () => {
  const blob = await packClusterKit({
    index: 'maxspan-test',
    fields: [{ name: 'user', type: 'keyword' }],
    events: [
      { id: '0', text: '{"user":"ann"}' },
      { id: 'x"y', text: '{"user":"bob"}' },
    ],
    rulesNdjson: '{"rule_id":"r"}\n',
    searches: [{ ...request, name: 'A\nrule' }],
  })
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()))
  const textOf = (path: string) => new TextDecoder().decode(files[path])
  const named = [...textOf('README.md').matchAll(/@([\w.]+)|`(searches.txt)`/g)]
  expect(named.map(([, file, other]) => file ?? other)).toEqual([
    'mapping.json',
    'events.bulk.ndjson',
    'rules.ndjson',
    'searches.txt',
  ])
  for (const [, file, other] of named) expect(Object.keys(files)).toContain(file ?? other)
  expect(textOf('events.bulk.ndjson').split('\n')).toEqual([
    '{"create":{"_id":"0"}}',
    '{"user":"ann"}',
    '{"create":{"_id":"x\\"y"}}',
    '{"user":"bob"}',
    '',
  ])
  expect(textOf('searches.txt')).toContain('# A rule\nGET /maxspan-test/_eql/search')
})

test.each([
  [1, 'One rule and one event for a cluster'],
  [2, 'One rule and 2 events for a cluster'],
])('a kit of %i events says so', async (count, title) => {
  const events = Array.from({ length: count }, (_, n) => ({ id: `${n}`, text: '{}' }))
  const searches = [{ ...request, name: 'A' }]
  const kit = { index: 'i', fields: [], events, rulesNdjson: '', searches }
  const blob = await packClusterKit(kit)
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()))
  expect(new TextDecoder().decode(files['README.md'])).toContain(`# ${title}\n`)
})
