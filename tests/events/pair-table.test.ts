import { afterEach, expect, test, vi } from 'vitest'
import { PairTable } from '../../src/events/pair-table'

afterEach(() => void vi.unstubAllGlobals())

/** Memory runs out when an array is made after so many. */
const runOutAfter = (most: number): void => {
  let made = 0
  const Given = Int32Array
  const Short = class extends Given {
    constructor(length: number) {
      if (made++ === most) throw new RangeError('Array buffer allocation failed')
      super(length)
    }
  }
  vi.stubGlobal('Int32Array', Short)
}

const PAIRS = Array.from({ length: 100 }, (_, at) => [at % 7, at] as const)

test.each([0, 1])(
  'a table that found no room for array %i of two to grow goes on as it was',
  (most) => {
    const table = new PairTable()
    const add = (): number[] => PAIRS.map(([left, right]) => table.id(left, right))
    runOutAfter(most)
    expect(add).toThrow('allocation')
    expect(table.size).toBe(32)
    runOutAfter(most)
    expect(add).toThrow('allocation')
    vi.unstubAllGlobals()
    expect(add()).toEqual(PAIRS.map((_, at) => at))
  },
)
