/**
 * Events drawn as XML, with the values that a template would take in braces, each after
 * its type:
 *
 *     <Event><System><EventID>{uint16 4688}</EventID></System><EventData><Data
 *     Name='Command'>{text whoami &all}</Data></EventData></Event>
 *
 * Texts and numbers are written plainly, other values as bytes in hexadecimal digits; `#`
 * before the digits gives bytes for any type. `type[]` is an array: texts parted by `|`.
 * `{null}` has no value, `{text? …}` leaves out its element if it is null (`{null?}`), and
 * `{xml <A/>}` holds an event of its own; `{=0}` is the first value once more. A value whose text has a brace must balance it.
 */
export interface DrawnElement {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly {
    readonly name: string
    readonly content: readonly DrawnNode[]
  }[]
  readonly content: readonly DrawnNode[]
  readonly isEmptyTag: boolean
}

export interface DrawnValue {
  readonly kind: 'value'
  readonly type: string
  readonly isOptional: boolean
  readonly text: string
}

export type DrawnNode =
  | DrawnElement
  | DrawnValue
  | { readonly kind: 'text' | 'cdata' | 'entity' | 'character'; readonly text: string }
  | { readonly kind: 'instruction'; readonly target: string; readonly text: string }

/** Reads a drawing; throws when it is none. */
export function readDrawing(drawing: string): readonly DrawnNode[] {
  const reader = new DrawingReader(drawing)
  const nodes = reader.content()
  if (!reader.isAtEnd) throw new Error(`What is this? ${drawing.slice(reader.at)}`)
  return nodes
}

class DrawingReader {
  at = 0

  constructor(private readonly drawing: string) {}

  get isAtEnd(): boolean {
    return this.at === this.drawing.length
  }

  content(): readonly DrawnNode[] {
    const nodes: DrawnNode[] = []
    for (let node = this.node(); node !== undefined; node = this.node()) nodes.push(node)
    return nodes
  }

  private node(): DrawnNode | undefined {
    const cdata = this.take(/<!\[CDATA\[([^]*?)\]\]>/y)
    if (cdata) return { kind: 'cdata', text: cdata[1]! }
    const instruction = this.take(/<\?(\w+) ([^]*?)\?>/y)
    if (instruction)
      return { kind: 'instruction', target: instruction[1]!, text: instruction[2]! }
    const open = this.take(/<([\w-]+)/y)
    return open ? this.element(open[1]!) : this.characters(/[^<&{]+/y)
  }

  private element(name: string): DrawnElement {
    const attributes: { name: string; content: readonly DrawnNode[] }[] = []
    for (let found; (found = this.take(/\s+([\w:]+)='/y));)
      attributes.push({ name: found[1]!, content: this.attribute() })
    const isEmptyTag = this.take(/\/>/y) !== null
    if (isEmptyTag) return { kind: 'element', name, attributes, content: [], isEmptyTag }
    this.need(/>/y)
    const content = this.content()
    this.need(new RegExp(`</${name}>`, 'y'))
    return { kind: 'element', name, attributes, content, isEmptyTag }
  }

  private attribute(): readonly DrawnNode[] {
    const content: DrawnNode[] = []
    const next = () => this.characters(/[^'<&{]+/y)
    for (let node = next(); node !== undefined; node = next()) content.push(node)
    this.need(/'/y)
    return content
  }

  private characters(plain: RegExp): DrawnNode | undefined {
    const character = this.take(/&#(\d+);/y)
    if (character) return { kind: 'character', text: character[1]! }
    const entity = this.take(/&(\w+);/y)
    if (entity) return { kind: 'entity', text: entity[1]! }
    if (this.drawing[this.at] === '{') return this.value()
    const text = this.take(plain)
    return text ? { kind: 'text', text: text[0] } : undefined
  }

  private value(): DrawnValue {
    const from = this.at
    let depth = 0
    do {
      const character = this.drawing[this.at++]
      if (character === undefined) throw new Error('A brace is not closed.')
      if (character === '{') depth++
      if (character === '}') depth--
    } while (depth > 0)
    const inside = this.drawing.slice(from + 1, this.at - 1)
    const [, type = '', optional, text = ''] =
      /^([\w[\]=]+)(\?)?(?: ([^]*))?$/.exec(inside) ?? []
    return { kind: 'value', type, isOptional: optional === '?', text }
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.drawing)
    if (found) this.at = pattern.lastIndex
    return found
  }

  private need(pattern: RegExp): void {
    if (!this.take(pattern))
      throw new Error(
        `${pattern.source} is missing before ${this.drawing.slice(this.at)}`,
      )
  }
}
