import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readRules } from '../../src/rules/rule-file'
import { packForCluster } from '../../src/ui/share/pack-for-cluster'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'

test('what a cluster takes has ids beside events, numbers as they are, only fields there are', async () => {
  const [rule] = readRules('// title: My Rule!\nany where true').rules
  const open = new OpenRule(rule!)
  open.text = 'process where a == 1'
  const lines = [
    '{"_id":"x \\"1\\"","_index":"logs-1","a":9007199254740993}',
    '{"a":1,"b":"\\"_id\\":\\"no\\",","_index":"logs-1"}',
  ]
  const field = (name: string, events: number) =>
    ({ name, type: 'keyword', knownBy: 'data', events }) as const
  const fields = [field('a', 2), field('_index', 2), field('c', 0)]
  const zip = await packForCluster([open], lines, fields, undefined)
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  const textOf = (path: string) => strFromU8(files[path] ?? new Uint8Array())
  expect(textOf('events.bulk.ndjson').trim().split('\n')).toEqual([
    '{"create":{"_id":"x \\"1\\""}}',
    '{"a":9007199254740993}',
    '{"create":{"_id":"maxspan-2"}}',
    '{"a":1,"b":"\\"_id\\":\\"no\\","}',
  ])
  expect(JSON.parse(textOf('mapping.json'))).toEqual({
    mappings: { properties: { a: { type: 'keyword' } } },
  })
  expect(textOf('searches.txt')).toContain('GET /maxspan-my-rule')
  expect(textOf('rules.ndjson')).toContain('process where a == 1')
})
