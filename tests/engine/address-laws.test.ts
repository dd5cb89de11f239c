import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInBlock, printAddress, readAddress, readBlock } from '../../src/engine/ip'

const group = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((bits) => bits.toString(16)),
  fc.constantFrom('0', '', '00ff', '1.2.3.4', '12345', 'G'),
)
const sixish = fc
  .array(group, { minLength: 1, maxLength: 9 })
  .map((groups) => groups.join(':'))
const fourish = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 300 }).map(String),
      fc.constantFrom('01', '', 'x'),
    ),
    {
      minLength: 3,
      maxLength: 5,
    },
  )
  .map((parts) => parts.join('.'))

describe('addresses', () => {
  test('are those that Node takes for addresses', () => {
    fc.assert(
      fc.property(fc.oneof(sixish, fourish, fc.ipV4(), fc.ipV6()), (text) => {
        expect(readAddress(text) !== undefined).toBe(isIP(text) !== 0)
      }),
      { numRuns: 2000 },
    )
  })

  test('print as a text that reads back, shortest first', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = readAddress(text)!
        const printed = printAddress(address)
        expect(readAddress(printed)).toBe(address)
        expect(printed.length).toBeLessThanOrEqual(text.length + 2)
      }),
    )
  })

  test('lie in every block that is cut from them', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (a, b, bits) => {
        const block = readBlock(`${a}/${bits}`)!
        expect(isInBlock(readAddress(a)!, block)).toBe(true)
        const [left, right] = [a, b].map((text) =>
          text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0),
        )
        const size = 2 ** (32 - bits)
        const isTogether = Math.floor(left! / size) === Math.floor(right! / size)
        expect(isInBlock(readAddress(b)!, block)).toBe(isTogether)
      }),
    )
  })

  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['1::', '1::'],
  ])('%s prints as %s', (text, printed) => {
    expect(printAddress(readAddress(text)!)).toBe(printed)
  })

  test.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0/8', '/8', ''])(
    'the block %j is none',
    (text) => expect(readBlock(text)).toBeUndefined(),
  )
})
