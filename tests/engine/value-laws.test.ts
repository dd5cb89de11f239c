import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldAscii, foldFull } from '../../src/engine/case-fold'
import { compareCodePoints } from '../../src/events/code-point-order'
import { keyValue } from '../../src/engine/field-values'
import { javaText } from '../../src/engine/java-text'
import { compareVersions } from '../../src/engine/version-order'

describe('texts', () => {
  test('stand in the order of their UTF-8 bytes', () => {
    const unit = fc.constantFrom('a', 'z', 'é', '\ud7ff', '\ue000', '\uffee', '😀', '🚀')
    const text = fc.string({ unit, maxLength: 4 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const order = Buffer.compare(Buffer.from(a), Buffer.from(b))
        expect(Math.sign(compareCodePoints(a, b))).toBe(order)
      }),
    )
  })

  test('keep their length when folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldAscii(text)).toHaveLength(text.length)
        expect(foldFull(text)).toHaveLength(text.length)
        expect(foldFull(foldFull(text))).toBe(foldFull(text))
      }),
    )
  })

  test.each([
    ['ÄÖ Ως', 'äö ωσ'],
    ['ıİß', 'iİß'],
    ['AZ@[', 'az@['],
  ])('%s folds to %s', (text, folded) => {
    expect(foldFull(text)).toBe(folded)
  })
})

describe('numbers', () => {
  test('read back from the text Java would print', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(Number(javaText({ type: 'double', value }))).toBe(value)
        const float = Math.fround(value)
        const text = javaText({ type: 'float', value: float })
        expect(Math.fround(Number(text))).toBe(float)
      }),
    )
  })

  test.each([
    [0.1, '0.1'],
    [16777216, '1.6777216E7'],
    [3.4028234663852886e38, '3.4028235E38'],
  ])('the float %d prints as %s', (value, text) => {
    const printed = javaText({ type: 'float', value: Math.fround(value) })
    expect(printed).toBe(text)
  })

  test('are one join key across long and double', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (whole) => {
        const real = Number(whole)
        const asLong = BigInt(real)
        const plain = Number.isSafeInteger(real) ? real : asLong
        expect(keyValue(real, 'fraction')).toBe(keyValue(plain, 'whole'))
      }),
    )
  })
})

describe('versions', () => {
  const ascending = [
    '0.9',
    '1',
    '1.0.0-0.3.7',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.0+build',
    '1.2',
    '1.10.0',
    '01.2',
    'latest',
  ]
  test('stand in semantic order, bad ones last', () => {
    const shuffled = [...ascending].reverse()
    expect(shuffled.sort(compareVersions)).toEqual(ascending)
  })
})
