import { compileCharTest } from './java-char'
import type { JavaNode, JavaPlace, JavaRegexp } from './java-node'

/**
 * Reads a regular expression that JavaScript takes too, which has been made sure of: so
 * nothing is unbalanced or out of place.
 *
 *     either  = then ('|' then)*       repeat  = atom ('*' '+' '?' '{n,m}') '?'?
 *     then    = repeat*                atom    = (…) (?:…) (?=…) […] . ^ $ \… char
 *
 * `flags` are those of JavaScript: `i`, `s`, and `u` where characters are whole ones.
 */
export class JavaRegexpParser {
  private at = 0
  private groups = 0
  private readonly names = new Map<string, number>()

  constructor(
    private readonly text: string,
    private readonly flags: string,
  ) {}

  /** Undefined for what is read by no rule above, such as escapes of octal numbers. */
  parse(): JavaRegexp | undefined {
    try {
      const node = this.either()
      return this.at < this.text.length ? undefined : { node, names: this.names }
    } catch (error) {
      if (error instanceof NotRead) return undefined
      throw error
    }
  }

  private either(): JavaNode {
    const parts = [this.then()]
    while (this.take('|')) parts.push(this.then())
    return { kind: 'either', parts }
  }

  private then(): JavaNode {
    const parts: JavaNode[] = []
    while (this.at < this.text.length && !/[|)]/.test(this.text[this.at]!))
      parts.push(this.repeat())
    return { kind: 'then', parts }
  }

  private repeat(): JavaNode {
    const part = this.atom()
    const [all = '', sign, least, comma, most] = this.match(repeats) ?? []
    if (all === '') return part
    const isLazy = this.take('?')
    const bounds = boundsOf(sign, least, comma, most)
    return { kind: 'repeat', part, ...bounds, isLazy }
  }

  private atom(): JavaNode {
    const place = this.place()
    if (place) return { kind: 'place', place }
    if (this.take('(')) return this.inParentheses()
    const [backReference, number, name] = this.match(backReferences) ?? []
    if (backReference !== undefined)
      return { kind: 'same', group: name ?? Number(number) }
    const [source] = this.match(this.flags.includes('u') ? pointAtom : unitAtom) ?? []
    if (source === undefined) throw new NotRead()
    return { kind: 'char', passes: compileCharTest(source, this.flags) }
  }

  private place(): JavaPlace | undefined {
    for (const [sign, place] of places) if (this.take(sign)) return place
    return undefined
  }

  /** The opening one has been taken. */
  private inParentheses(): JavaNode {
    const [, look, name] = this.match(openings) ?? []
    if (look === undefined && name === undefined && this.take('?')) throw new NotRead()
    const number = look === undefined ? ++this.groups : 0
    if (name !== undefined) this.names.set(name, number)
    const part = this.either()
    if (!this.take(')')) throw new NotRead()
    if (look === undefined) return { kind: 'group', number, part }
    if (look === ':') return part
    const isBehind = look.startsWith('<')
    return { kind: 'look', part, isBehind, isNegated: look.endsWith('!') }
  }

  private take(words: string): boolean {
    if (!this.text.startsWith(words, this.at)) return false
    this.at += words.length
    return true
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text) ?? undefined
    if (found) this.at += found[0].length
    return found
  }
}

class NotRead extends Error {}

const places: readonly (readonly [sign: string, place: JavaPlace])[] = [
  ['^', 'begin'],
  ['$', 'end'],
  ['\\b', 'word edge'],
  ['\\B', 'no word edge'],
]

const openings = /\?(?:(:|=|!|<=|<!)|<([A-Za-z_$][\w$]*)>)/y
const repeats = /(?:([*+?])|\{(\d+)(,?)(\d*)\})/y
const backReferences = /\\(?:([1-9]\d*)|k<([^>]+)>)/y

const escapes = String.raw`\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|0(?!\d)|[^\d])`
const charClass = String.raw`\[\^?(?:\\[^]|[^\]\\])*\]`
const pointAtom = new RegExp(`${charClass}|${escapes}|[^\\\\]`, 'uy')
const unitAtom = new RegExp(`${charClass}|${escapes}|[^\\\\]`, 'y')

function boundsOf(
  sign: string | undefined,
  least = '0',
  comma = '',
  most = '',
): { readonly least: number; readonly most: number } {
  if (sign === '*') return { least: 0, most: Infinity }
  if (sign === '+') return { least: 1, most: Infinity }
  if (sign === '?') return { least: 0, most: 1 }
  const low = Number(least)
  if (comma === '') return { least: low, most: low }
  return { least: low, most: most === '' ? Infinity : Number(most) }
}
