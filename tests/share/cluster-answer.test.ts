import { expect, test } from 'vitest'
import { looksLikeClusterAnswer, readClusterAnswer } from '../../src/share/cluster-answer'

const SEQUENCES = JSON.stringify({
  is_partial: false,
  timed_out: false,
  hits: {
    total: { value: 1, relation: 'eq' },
    sequences: [
      {
        join_keys: ['a'],
        events: [
          { _index: 'logs-lab', _id: '1', _source: { a: 1 } },
          { _index: '', _id: '', _source: {}, missing: true },
          { _index: 'logs-lab', _id: '2' },
        ],
      },
    ],
  },
})
const EVENTS = '{"hits":{"events":[{"_id":"1","_source":{"events":[1]}}]}}'

test('an answer is told by how it begins', () => {
  expect(looksLikeClusterAnswer(SEQUENCES)).toBe(true)
  expect(looksLikeClusterAnswer(EVENTS)).toBe(true)
  expect(looksLikeClusterAnswer(`{"id":"x","response":${SEQUENCES}}`)).toBe(true)
  const search = '{"hits":{"total":1,"hits":[{"_source":{"hits":1,"events":[]}}]}}'
  expect(looksLikeClusterAnswer(search)).toBe(false)
  expect(looksLikeClusterAnswer('{"events":[{"hits":{}}]}')).toBe(false)
})

test('its results are read as the names of their events', () => {
  const index = 'logs-lab'
  const matches = [[{ id: '1', index }, undefined, { id: '2', index }]]
  const read = { kind: 'sequences', matches, isPartial: false }
  expect(readClusterAnswer(SEQUENCES)).toEqual(read)
  expect(readClusterAnswer(`\uFEFF{"id":"x","response":${SEQUENCES}}`)).toEqual(read)
  const kibana = `{"rawResponse":{"body":${SEQUENCES},"statusCode":200}}`
  expect(readClusterAnswer(kibana)).toEqual(read)
  expect(readClusterAnswer(EVENTS)).toEqual({
    kind: 'events',
    matches: [[{ id: '1', index: '' }]],
    isPartial: false,
  })
})

test.each([
  ['{"is_partial":true,"hits":{"events":[]}}', true],
  ['{"timed_out":true,"hits":{"events":[]}}', true],
  ['{"shard_failures":[{}],"hits":{"events":[]}}', true],
  ['{"shard_failures":[],"hits":{"events":[]}}', false],
])('%s is partial: %s', (text, isPartial) => {
  expect(readClusterAnswer(text)?.isPartial).toBe(isPartial)
})

test.each([
  '',
  'x',
  '[]',
  '{"hits":{}}',
  '{"hits":{"events":[{"_id":5}]}}',
  '{"response":{"response":1}}',
  '{"error":{"type":"parsing_exception"},"status":400}',
])('%j is none', (text) => {
  expect(readClusterAnswer(text)).toBeUndefined()
})
