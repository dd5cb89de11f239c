import type { ChunkBytes } from './chunk-bytes'
import {
  type AttributePart,
  type Characters,
  type ElementPart,
  type Instance,
  makeElementPart,
  type Part,
} from './template'
import { TokenCursor } from './token-cursor'

/*
 * Binary XML is a row of tokens, each a byte and what belongs to it. (MS-EVEN6 2.2.12.)
 *
 *     0F 01 01 00                              a fragment begins
 *     0C 01 id:4 at:4 [template] count:4 …     an instance of a template, with its values
 *     01 [depends:2] size:4 name:4             <Name …
 *     06 name:4 (05|08|09|0D|0E)*              … Name="…"
 *     02 … 04   or   03                        … > … </Name>   or   … />
 *     05 type:1 text   07 text                 text, CDATA
 *     08 unit:2        09 name:4               &#65;, &amp;
 *     0A name:4        0B text                 a processing instruction
 *     0D slot:2 type:1     0E slot:2 type:1    a value of the record; 0E: may be null
 *     00                                       the end
 *
 * Bit 0x40 says that more of the kind follows. A name or template is given by its place in
 * the chunk. Where it is used first, it is written right there.
 */
const END = 0x00
const OPEN = 0x01
const CLOSE_START = 0x02
const CLOSE_EMPTY = 0x03
const END_ELEMENT = 0x04
const TEXT = 0x05
const ATTRIBUTE = 0x06
const CDATA = 0x07
const CHARACTER = 0x08
const ENTITY = 0x09
const PI_TARGET = 0x0a
const PI_DATA = 0x0b
const INSTANCE = 0x0c
const SLOT = 0x0d
const OPTIONAL_SLOT = 0x0e
const FRAGMENT = 0x0f
const MORE = 0x40

const NO_DEPENDENCY = 0xffff

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
}

/** Turns the binary XML of one chunk into parts; knows its names and templates. */
export class BinXmlParser {
  private readonly names = new Map<number, string>()
  private readonly templates = new Map<number, readonly Part[]>()

  constructor(private readonly chunk: ChunkBytes) {}

  /** Forgets the names and templates when another chunk has come. */
  reset(): void {
    this.names.clear()
    this.templates.clear()
  }

  /** The parts in some bytes of the chunk: of a record, a template or a value. */
  parseFragment(from: number, to: number, depth: number): readonly Part[] {
    const cursor = new TokenCursor(this.chunk, from, to)
    const parts: Part[] = []
    while (!cursor.isAtEnd) {
      const token = cursor.u8()
      if (token === END) break
      if (token === FRAGMENT) cursor.take(3)
      else this.parseContent(cursor, token, parts, depth)
    }
    return parts
  }

  private parseContent(
    cursor: TokenCursor,
    token: number,
    parts: Part[],
    depth: number,
  ): void {
    this.chunk.checkDepth(depth)
    this.chunk.spend(4)
    switch (token & ~MORE) {
      case OPEN:
        parts.push(this.parseElement(cursor, token, depth + 1))
        return
      case INSTANCE:
        parts.push(this.parseInstance(cursor, depth + 1))
        return
      case PI_TARGET:
        this.parseName(cursor)
        return
      case PI_DATA:
        cursor.text()
        return
      default:
        addCharacters(parts, this.parseCharacters(cursor, token))
    }
  }

  /** What may stand in an attribute too: text, or a slot for it. */
  private parseCharacters(cursor: TokenCursor, token: number): Characters {
    switch (token & ~MORE) {
      case TEXT:
        cursor.take(1)
        return cursor.text()
      case CDATA:
        return cursor.text()
      case CHARACTER:
        return String.fromCharCode(cursor.u16())
      case ENTITY: {
        const name = this.parseName(cursor)
        return ENTITIES[name] ?? `&${name};`
      }
      case SLOT:
      case OPTIONAL_SLOT: {
        const index = cursor.u16()
        cursor.take(1)
        return { kind: 'slot', index }
      }
      default:
        return this.chunk.fail('bad-token')
    }
  }

  private parseElement(cursor: TokenCursor, token: number, depth: number): ElementPart {
    const dependency = this.parseDependency(cursor)
    const name = this.parseName(cursor)
    if (token & MORE) cursor.take(4)
    const attributes: AttributePart[] = []
    let next = this.parseAttributes(cursor, attributes)
    const isEmptyTag = next === CLOSE_EMPTY
    const content: Part[] = []
    if (!isEmptyTag) {
      if (next !== CLOSE_START) this.chunk.fail('bad-token')
      while ((next = cursor.u8()) !== END_ELEMENT)
        this.parseContent(cursor, next, content, depth)
    }
    return makeElementPart({
      name,
      dependency,
      attributes,
      content,
      isEmptyTag,
    })
  }

  /**
   * The number of a value, or -1. Only templates give it. Elsewhere the size of the element
   * follows at once, which is less than a chunk: then its upper half is zero.
   */
  private parseDependency(cursor: TokenCursor): number {
    const low = cursor.u16()
    const high = cursor.u16()
    if (high === 0) return -1
    cursor.take(2)
    return low === NO_DEPENDENCY ? -1 : low
  }

  /** Answers the token that follows the attributes. */
  private parseAttributes(cursor: TokenCursor, attributes: AttributePart[]): number {
    let token = cursor.u8()
    while ((token & ~MORE) === ATTRIBUTE) {
      const name = this.parseName(cursor)
      const content: Characters[] = []
      while (isCharacters((token = cursor.u8()))) {
        this.chunk.spend(4)
        content.push(this.parseCharacters(cursor, token))
      }
      attributes.push({ name, content })
    }
    return token
  }

  /** next:4 hash:2 length:2 text 00 00, in place or elsewhere in the chunk. */
  private parseName(cursor: TokenCursor): string {
    const at = cursor.u32()
    if (at + 8 > this.chunk.size) this.chunk.fail('bad-name')
    const units = this.chunk.u16(at + 6)
    if (at === cursor.at) cursor.take(10 + units * 2)
    const known = this.names.get(at)
    if (known !== undefined) return known
    const end = at + 8 + units * 2
    if (end > this.chunk.size) this.chunk.fail('bad-name')
    const name = this.chunk.text(at + 8, units)
    this.names.set(at, name)
    return name
  }

  private parseInstance(cursor: TokenCursor, depth: number): Instance {
    cursor.take(5)
    const at = cursor.u32()
    const { chunk } = this
    if (at + 24 > chunk.size) chunk.fail('bad-template')
    const size = chunk.u32(at + 20)
    if (at === cursor.at) cursor.take(24 + size)
    const template = this.template(at, size, depth)
    const count = cursor.u32()
    const specs = cursor.take(count * 4)
    const starts: number[] = []
    for (let i = 0; i < count; i++) starts.push(cursor.take(chunk.u16(specs + i * 4)))
    return { kind: 'instance', template, specs, starts }
  }

  /** next:4 id:16 size:4 fragment; parsed when a record first uses it. */
  private template(at: number, size: number, depth: number): readonly Part[] {
    const known = this.templates.get(at)
    if (known) return known
    const from = at + 24
    if (size > this.chunk.size - from) this.chunk.fail('bad-template')
    const template = this.parseFragment(from, from + size, depth)
    this.templates.set(at, template)
    return template
  }
}

const isCharacters = (token: number): boolean => {
  const kind = token & ~MORE
  return (
    (kind >= CDATA && kind <= ENTITY) ||
    (kind >= SLOT && kind <= OPTIONAL_SLOT) ||
    kind === TEXT
  )
}

/** Texts side by side are one. */
function addCharacters(parts: Part[], characters: Characters): void {
  const last = parts.at(-1)
  if (typeof characters === 'string' && typeof last === 'string')
    parts[parts.length - 1] = last + characters
  else parts.push(characters)
}
