import { describe, expect, test, vi } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { Encoder } from '../../src/ingest/encoder'
import { loadEncoderModule } from '../../src/ingest/encoder-module'
import { FlatRows } from '../../src/ingest/flat/flat-rows'
import { RowPlans } from '../../src/ingest/flat/row-plans'
import { expectSameTables } from './same-tables'

describe('what is known of flat events is forgotten', () => {
  const events = Array.from({ length: 9000 }, (_, i) =>
    JSON.stringify({
      Channel: 'Security',
      EventID: 4688,
      Hostname: `ws${i % 3}`,
      Message: `A process: ${i % 7}`,
      NewProcessName: `C:\\${i % 50}.exe`,
      ...(i % 1000 === 0 && { Other: 'x' }),
    }),
  )

  test('after any rows, which makes no difference', async () => {
    const isLarge = vi.spyOn(FlatRows.prototype, 'isLarge', 'get').mockReturnValue(true)
    await expectSameTables([events.join('\n')])
    expect(isLarge.mock.calls.length).toBeGreaterThan(4)
    isLarge.mockRestore()
  })

  test('after many bytes', async () => {
    const encoder = new Encoder((await loadEncoderModule('simd'))!, new GrowingTable())
    const rows = encoder.useFlat(true)
    const take = () => rows.take(0, new Uint32Array([0]), new Uint32Array([2 ** 27 + 1]))
    take()
    expect(rows.isLarge).toBe(false)
    take()
    expect(rows.isLarge).toBe(true)
    rows.clear()
    expect(rows.isLarge).toBe(false)
  })
})

test('of keys in ever other orders, only the first few thousand are kept', () => {
  const words = new Uint32Array(8)
  const keyOf = vi.fn((word: number) => ({ name: `k${word}`, column: word }))
  const make = vi.fn(() => undefined)
  const plans = new RowPlans({ words, keyOf } as unknown as FlatRows, make)
  for (let row = 0; row < 20_000; row++) {
    words[0] = row
    words[2] = row + 1
    plans.find(0, 2)
  }
  expect(make.mock.calls.length).toBe(2000)
  expect(keyOf.mock.calls.length).toBe(4000)
})
