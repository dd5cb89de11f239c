import type { Literal } from './ast'

/** A literal's type and value, without its place. */
export type Constant = Pick<Literal, 'type' | 'value'>

const INT_MAX = 2n ** 31n - 1n
const LONG_MAX = 2n ** 63n - 1n
const UNSIGNED_MAX = 2n ** 64n - 1n

/**
 * Reads a number token (language.md 1.8): the narrowest of integer, long,
 * unsigned_long and double that holds it; undefined if even double does not.
 */
export function readNumber(text: string): Constant | undefined {
  if (/^\d+$/.test(text)) {
    const whole = readWhole(BigInt(text))
    if (whole) return whole
  }
  const value = Number(text)
  return Number.isFinite(value) ? { type: 'double', value } : undefined
}

function readWhole(value: bigint): Constant | undefined {
  if (value <= INT_MAX) return { type: 'integer', value: Number(value) }
  if (value <= LONG_MAX) return { type: 'long', value: narrow(value) }
  if (value <= UNSIGNED_MAX) return { type: 'unsigned_long', value }
  return undefined
}

const narrow = (value: bigint): number | bigint =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value

/** A number literal with its sign turned; undefined where no type holds the result. */
export function negateNumber({ type, value }: Constant): Constant | undefined {
  if (type === 'unsigned_long')
    return value === LONG_MAX + 1n ? { type: 'long', value: -(LONG_MAX + 1n) } : undefined
  if (typeof value === 'bigint') return { type, value: -value }
  if (typeof value !== 'number') return undefined
  return { type, value: type !== 'double' && value === 0 ? 0 : -value }
}

/** What is wrong with a `\u{…}` (language.md 1.7). */
export interface UnicodeProblem {
  readonly kind: 'digits' | 'range' | 'surrogate'
  /** Offset in the token. */
  readonly from: number
  readonly digits: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
}

/** Reads a `"…"` token, quotes included (language.md 1.7). */
export function readString(token: string): {
  value: string
  problem?: UnicodeProblem
} {
  const written = token.slice(1, -1)
  if (!written.includes('\\')) return { value: written }
  let problem: UnicodeProblem | undefined
  const value = written.replace(
    /\\(?:u\{([0-9a-fA-F]*)\}|([^]))/g,
    (whole: string, digits: string | undefined, letter: string, at: number) => {
      if (digits === undefined) return ESCAPES[letter] ?? whole
      const kind = judgeCodePoint(digits)
      if (kind) problem ??= { kind, from: at + 1, digits }
      return kind ? '' : String.fromCodePoint(parseInt(digits, 16))
    },
  )
  return problem ? { value, problem } : { value }
}

function judgeCodePoint(digits: string): UnicodeProblem['kind'] | undefined {
  if (digits.length < 2 || digits.length > 8) return 'digits'
  const code = parseInt(digits, 16)
  if (code > 0x10ffff) return 'range'
  return code >= 0xd800 && code <= 0xdfff ? 'surrogate' : undefined
}

/** Reads a `"""…"""` token, quotes included: nothing is escaped in it. */
export const readRawString = (token: string): string => token.slice(3, -3)

/** Reads one part of a field name, with or without backquotes (language.md 1.4). */
export const readNamePart = (token: string): string =>
  token.startsWith('`') ? token.slice(1, -1).replaceAll('``', '`') : token

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of one `ms`, `s`, `m`, `h` or `d` (language.md 1.9). */
export const readUnit = (unit: string): number | undefined =>
  Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
