import { describe, expect, test } from 'vitest'
import type { EncoderBuild } from '../../src/ingest/encoder-module'
import { readBlob } from './print-events'

describe.each<EncoderBuild>(['simd', 'scalar'])('with %s', (encoder) => {
  /** By field, how many codes its rows have, and how many contents those stand for. */
  const countCodes = async (records: readonly string[], names: readonly string[]) => {
    const { table } = await readBlob([records.join('\n')], { encoder })
    return names.map((name) => {
      const column = table.column(name)!
      const contents = new Map<number, string>()
      column.forEach((_, code) =>
        contents.set(code, JSON.stringify(column.scalars(code))),
      )
      return [contents.size, new Set(contents.values()).size]
    })
  }

  test('a list has one code, whether it is written as one or value by value', async () => {
    const pairs = Array.from({ length: 300 }, (_, i) => [`"x${i % 40}"`, `"y${i % 3}"`])
    const records = pairs.flatMap(([x, y]) => [
      `{"a.b":${x},"a":{"b":${y}}}`,
      `{"a":{"b":[${x},${y}]}}`,
      `{"a":{"b":${x}}}`,
    ])
    expect(await countCodes(records, ['a.b'])).toEqual([[160, 160]])
  })

  test('what follows from one of thousands of contents has one code', async () => {
    const records = Array.from({ length: 30_000 }, (_, i) => {
      const id = (i >> 3) % 2500
      return `{"id":"id-${id}","name":"n${id % 60}","n":${i % 50}}`
    })
    expect(await countCodes(records, ['id', 'name', 'n'])).toEqual([
      [2500, 2500],
      [60, 60],
      [50, 50],
    ])
  })
})
