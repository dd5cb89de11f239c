import { isInPlainBlock, readPlainAddress } from './plain-address'
import { PlainFailure } from './plain-failure'
import {
  asDouble,
  calculatePlainly,
  isPlainNumber,
  printPlainly,
  type PlainValue,
} from './plain-number'
import { lowerAll } from './plain-pattern'

/** A function over values none of which is null, but for those told in `nullable`. */
interface PlainFunction {
  readonly nullable?: readonly number[]
  readonly run: (args: readonly PlainValue[], isTilde: boolean) => PlainValue
}

const text = (value: PlainValue | undefined): string => value as string
const cased = (value: PlainValue | undefined, isTilde: boolean): string =>
  isTilde ? lowerAll(text(value)) : text(value)
const integer = (value: PlainValue | undefined, otherwise: number): number =>
  value !== undefined && isPlainNumber(value) ? Math.trunc(asDouble(value)) : otherwise
const int = (worth: number): PlainValue => ({ java: 'int', worth: BigInt(worth) })
const sum = (sign: string): PlainFunction => ({
  run: ([a, b]) =>
    isPlainNumber(a!) && isPlainNumber(b!) ? calculatePlainly(sign, a, b) : null,
})

const functions: Readonly<Record<string, PlainFunction>> = {
  add: sum('+'),
  subtract: sum('-'),
  multiply: sum('*'),
  divide: sum('/'),
  modulo: sum('%'),
  startswith: {
    run: ([s, part], isTilde) => cased(s, isTilde).startsWith(cased(part, isTilde)),
  },
  endswith: {
    run: ([s, part], isTilde) => cased(s, isTilde).endsWith(cased(part, isTilde)),
  },
  stringcontains: {
    run: ([s, part], isTilde) =>
      s !== '' && part !== '' && cased(s, isTilde).includes(cased(part, isTilde)),
  },
  length: { run: ([s]) => int(text(s).length) },
  indexof: {
    nullable: [2],
    run: ([s, part, start], isTilde) => {
      const [whole, sought] = [cased(s, isTilde), cased(part, isTilde)]
      for (let at = Math.max(0, integer(start, 0)); at <= whole.length; at++)
        if (whole.slice(at, at + sought.length) === sought) return int(at)
      return sought === '' ? int(whole.length) : null
    },
  },
  substring: {
    nullable: [1, 2],
    run: ([s, start, end]) => {
      const { length } = text(s)
      const place = (value: number): number =>
        Math.min(Math.max(value < 0 ? value + length : value, 0), length)
      const [from, to] = [place(integer(start, 0)), place(integer(end, length))]
      return from >= to ? '' : text(s).substring(from, to)
    },
  },
  between: {
    run: ([s, left, right, greedy], isTilde) => {
      if (s === '' || left === '' || right === '') return s!
      const whole = cased(s, isTilde)
      const opening = whole.indexOf(cased(left, isTilde))
      if (opening < 0) return ''
      const from = opening + text(left).length
      const end = cased(right, isTilde)
      const to = greedy === true ? whole.lastIndexOf(end) : whole.indexOf(end, from)
      return to < from ? '' : text(s).substring(from, to)
    },
  },
  concat: { run: (args) => args.map((arg) => printPlainly(arg!)).join('') },
  string: { run: ([value]) => printPlainly(value!) },
  number: {
    nullable: [1],
    run: ([s, base]) =>
      readPlainNumber(
        text(s),
        base === null || base === undefined ? null : integer(base, 10),
      ),
  },
  cidrmatch: {
    run: ([ip, ...blocks]) => {
      const address = readPlainAddress(text(ip))
      if (address === undefined) return null
      const found = blocks.map((block) => isInPlainBlock(address, text(block)))
      if (found.includes(undefined)) throw new PlainFailure('bad block')
      return found.includes(true)
    },
  },
}

/** Applies a function of language.md 4. @throws PlainFailure */
export function applyPlainly(
  name: string,
  isTilde: boolean,
  args: readonly PlainValue[],
): PlainValue {
  const { run } = functions[name]!
  return args.some((arg, at) => arg === null && !isNullable(name, at))
    ? null
    : run(args, isTilde)
}

export const isNullable = (name: string, at: number): boolean =>
  functions[name]?.nullable?.includes(at) ?? false

/** `number(s, base)` of language.md 4.4. */
function readPlainNumber(s: string, base: number | null): PlainValue {
  const failure = new PlainFailure(`Unable to convert [${s}]`)
  const isHex = s.startsWith('0x') && (base === null || base === 16)
  const radix = isHex ? 16 : (base ?? 10)
  const digits = isHex ? s.slice(2) : s
  if (radix < 2 || radix > 36) throw failure
  const long = readInteger(digits, radix)
  if (long !== undefined) return { java: 'long', worth: long }
  const isDouble = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(s.trim())
  if (radix !== 10 || !isDouble) throw failure
  return { java: 'double', worth: Number(s.trim()) }
}

function readInteger(s: string, radix: number): bigint | undefined {
  const digits = s.replace(/^[+-]/, '')
  if (!/^[0-9a-z]+$/i.test(digits)) return undefined
  const worths = [...digits].map((digit) => parseInt(digit, 36))
  if (worths.some((worth) => worth >= radix)) return undefined
  const size = worths.reduce((sum, worth) => sum * BigInt(radix) + BigInt(worth), 0n)
  const value = s.startsWith('-') ? -size : size
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}
