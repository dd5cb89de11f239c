import { calculate, type ArithmeticOp } from '../arithmetic'
import { notANumber } from '../failure'
import type { JavaNumber } from '../java-number'
import { numberAt, optionalAt, textAt, type EqlFunction } from './function'

const arithmetic = (name: string, op: ArithmeticOp): EqlFunction => ({
  mayFail: true,
  run: (args) => calculate(op, numberAt(name, args, 0), numberAt(name, args, 1)),
})

/** Functions that give numbers (language.md 4.4, 4.5). */
export const numberFunctions: Readonly<Record<string, EqlFunction>> = {
  add: arithmetic('add', '+'),
  subtract: arithmetic('subtract', '-'),
  multiply: arithmetic('multiply', '*'),
  divide: arithmetic('divide', '/'),
  modulo: arithmetic('modulo', '%'),
  number: {
    mayBeNull: [1],
    mayFail: true,
    run: (args) => readNumber(textAt('number', args, 0), optionalAt('number', args, 1)),
  },
}

/**
 * A text as a number: without a base, `0x` makes it hexadecimal; long where it fits,
 * else double, except in other bases.
 * @throws EvaluationFailure when it is no such number.
 */
function readNumber(text: string, base: number | undefined): JavaNumber {
  const isPrefixed = text.startsWith('0x') && base !== 10
  const number =
    base === undefined || base === 10
      ? isPrefixed
        ? readLong(text.slice(2), 16)
        : (readLong(text, 10) ?? readDouble(text))
      : readLong(base === 16 && isPrefixed ? text.slice(2) : text, base)
  if (!number) throw notANumber(text, base ?? 10)
  return number
}

/** An optional sign and digits of a base from 2 to 36, within 64 bits. */
function readLong(text: string, base: number): JavaNumber | undefined {
  if (base < 2 || base > 36) return undefined
  const [, sign, digits = ''] = /^([+-]?)([0-9a-z]+)$/i.exec(text) ?? []
  if (digits === '') return undefined
  let value = 0n
  for (const digit of digits) {
    const worth = parseInt(digit, 36)
    if (worth >= base) return undefined
    value = value * BigInt(base) + BigInt(worth)
  }
  const signed = sign === '-' ? -value : value
  return BigInt.asIntN(64, signed) === signed
    ? { type: 'long', value: signed }
    : undefined
}

/** What Java's `Double.parseDouble` takes, hexadecimal fractions aside. */
function readDouble(text: string): JavaNumber | undefined {
  const trimmed = text.trim()
  const isDecimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[fd]?$/i.test(trimmed)
  if (!isDecimal && !/^[+-]?(NaN|Infinity)$/.test(trimmed)) return undefined
  return {
    type: 'double',
    value: Number(
      isDecimal ? trimmed.replace(/[fd]$/i, '') : trimmed.replace(/^[+-]NaN$/, 'NaN'),
    ),
  }
}
