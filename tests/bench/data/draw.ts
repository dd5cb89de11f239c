import { seededChance } from '../../support/seeded'

/** Chance as made-up data need it: quick at long identifiers, and lopsided where life is. */
export interface Draw {
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  /** Like `pick`, but the front of the list comes far more often than its end. */
  lopsided<T>(list: readonly T[]): T
  /** True in `percent` of a hundred draws. */
  sometimes(percent: number): boolean
  hex(digits: number): string
  /** Letters and digits, as in base64 texts. */
  letters(count: number): string
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function seededDraw(seed: number): Draw {
  const { next, below, pick } = seededChance(seed)
  const long = (digits: number, one: () => string): string => {
    let text = ''
    while (text.length < digits) text += one()
    return text.slice(0, digits)
  }
  const eightHex = (): string =>
    below(2 ** 32)
      .toString(16)
      .padStart(8, '0')
  const fiveLetters = (): string => {
    let bits = below(2 ** 30)
    let text = ''
    for (let i = 0; i < 5; i++, bits >>>= 6) text += LETTERS[bits & 63] ?? ''
    return text
  }
  return {
    below,
    pick,
    lopsided: (list) => list[Math.floor(next() ** 3 * list.length)] ?? pick(list),
    sometimes: (percent) => below(100) < percent,
    hex: (digits) => long(digits, eightHex),
    letters: (count) => long(count, fiveLetters),
  }
}
