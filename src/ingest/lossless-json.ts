/** A JSON value whose integers beyond ±2^53 are bigint. */
export type JsonValue =
  string | number | bigint | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Why a text is not JSON, and at which 0-based character that shows. */
export interface JsonProblem {
  readonly code:
    | 'ends-early'
    | 'unexpected'
    | 'after-value'
    | 'bad-escape'
    | 'bare-control'
    | 'bad-number'
    | 'too-deep'
  readonly at: number
}

/** Objects and arrays within one another; more is an attack, not an event. */
export const MAX_DEPTH = 500

/**
 * Reads JSON as `JSON.parse` does, but keeps the value of every integer, and tells
 * where a mistake is. https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseLossless(
  text: string,
): { readonly value: JsonValue } | { readonly problem: JsonProblem } {
  try {
    return { value: new Parser(text).parse() }
  } catch (error) {
    if (error instanceof Mistake) return { problem: error.problem }
    throw error
  }
}

/** The value of a JSON text, undefined when it is not JSON. */
export function readLosslessJson(text: string): JsonValue | undefined {
  const read = parseLossless(text)
  return 'value' in read ? read.value : undefined
}

/** Thrown within this file only, to leave the recursion. */
class Mistake extends Error {
  constructor(readonly problem: JsonProblem) {
    super(problem.code)
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
/** From space up, without the quote and the backslash. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class Parser {
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {}

  parse(): JsonValue {
    this.skipSpace()
    const value = this.value()
    this.skipSpace()
    if (this.at < this.text.length) throw this.mistake('after-value')
    return value
  }

  private value(): JsonValue {
    const first = this.text[this.at]
    if (first === '{') return this.nested(() => this.object())
    if (first === '[') return this.nested(() => this.array())
    if (first === '"') return this.string()
    if (first === 't') return this.word('true', true)
    if (first === 'f') return this.word('false', false)
    if (first === 'n') return this.word('null', null)
    return this.number()
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.mistake('too-deep')
    this.at++
    this.skipSpace()
    const value = read()
    this.depth--
    return value
  }

  private object(): JsonObject {
    const members: Record<string, JsonValue> = {}
    if (this.take('}')) return members
    do {
      this.skipSpace()
      if (this.text[this.at] !== '"') throw this.mistake('unexpected')
      const key = this.string()
      this.skipSpace()
      this.expect(':')
      this.skipSpace()
      const value = this.value()
      // Assigning to this key would set the prototype.
      if (key === '__proto__') defineMember(members, key, value)
      else members[key] = value
      this.skipSpace()
    } while (this.take(','))
    this.expect('}')
    return members
  }

  private array(): JsonValue[] {
    const values: JsonValue[] = []
    if (this.take(']')) return values
    do {
      this.skipSpace()
      values.push(this.value())
      this.skipSpace()
    } while (this.take(','))
    this.expect(']')
    return values
  }

  private string(): string {
    this.at++
    let text = ''
    for (;;) {
      PLAIN.lastIndex = this.at
      text += PLAIN.exec(this.text)![0]
      this.at = PLAIN.lastIndex
      if (this.take('"')) return text
      if (!this.take('\\')) throw this.mistake('bare-control')
      text += this.escape()
    }
  }

  private escape(): string {
    const letter = this.text[this.at]
    const simple = letter === undefined ? undefined : ESCAPES[letter]
    if (simple !== undefined) {
      this.at++
      return simple
    }
    const digits = this.text.slice(this.at + 1, this.at + 5)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits))
      throw this.mistake('bad-escape')
    this.at += 5
    return String.fromCharCode(parseInt(digits, 16))
  }

  private number(): number | bigint {
    NUMBER.lastIndex = this.at
    const found = NUMBER.exec(this.text)
    if (!found)
      throw this.mistake(this.text[this.at] === '-' ? 'bad-number' : 'unexpected')
    this.at = NUMBER.lastIndex
    if (/[\w.+]/.test(this.text[this.at] ?? '')) throw this.mistake('bad-number')
    const number = Number(found[0])
    const isInteger = found[1] === undefined && found[2] === undefined
    return isInteger && !Number.isSafeInteger(number) ? BigInt(found[0]) : number
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.mistake('unexpected')
    this.at += word.length
    return value
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.at++
    }
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private expect(character: string): void {
    if (!this.take(character)) throw this.mistake('unexpected')
  }

  private mistake(code: JsonProblem['code']): Mistake {
    const isEnd = this.at >= this.text.length
    return new Mistake({ code: isEnd ? 'ends-early' : code, at: this.at })
  }
}

function defineMember(members: object, key: string, value: JsonValue): void {
  const options = { value, enumerable: true, writable: true, configurable: true }
  Object.defineProperty(members, key, options)
}
