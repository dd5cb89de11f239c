import { SaxesParser } from 'saxes'
import { isElement, type XmlAttribute, type XmlElement, type XmlNode } from './xml-tree'

/** Elements within one another; more is an attack, not an event. */
const MAX_DEPTH = 64

/** Why a text is not well-formed XML, or not the XML of an event. */
export interface XmlProblem {
  /** 0-based character at which that shows. */
  readonly at: number
}

export type ParsedXml = { readonly root: XmlElement } | { readonly problem: XmlProblem }

/**
 * Reads one element, as `<Event>…</Event>`, with what may stand before and behind it.
 * Entities are resolved and line ends are LF, as XML has it; no entity can be defined.
 * Control characters, which XML forbids and event logs hold, are left out.
 * https://www.w3.org/TR/xml/
 */
export function parseXml(text: string): ParsedXml {
  const builder = new TreeBuilder()
  try {
    builder.read(clean(text))
  } catch (error) {
    if (error instanceof RangeError) throw error
    return { problem: { at: builder.at } }
  }
  return builder.root ? { root: builder.root } : { problem: { at: text.length } }
}

/** What may not stand in XML, but for the references to it. */
const FORBIDDEN = /[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|\ufffe|\uffff/gu
const REFERENCE = /&#(?:(\d+)|x([0-9a-fA-F]+));/g

function clean(text: string): string {
  const bare = text.replace(FORBIDDEN, '')
  return bare.replace(REFERENCE, (reference, decimal?: string, hex?: string) => {
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
    const isAllowed =
      isCharacter && String.fromCodePoint(code).replace(FORBIDDEN, '') !== ''
    return isAllowed ? reference : ''
  })
}

/** An element that is still open. */
interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
  hasElements: boolean
}

/** Thrown within this file only, to end the parsing. */
class NotAnEvent extends Error {}

class TreeBuilder {
  root: XmlElement | undefined = undefined
  private readonly open: OpenElement[] = []
  private readonly parser = new SaxesParser()

  get at(): number {
    return this.parser.position
  }

  read(text: string): void {
    const { parser, open } = this
    parser.on('error', (error) => {
      throw error
    })
    parser.on('opentag', ({ name, attributes, isSelfClosing }) =>
      this.begin(name, attributes, isSelfClosing),
    )
    parser.on('closetag', () => this.end())
    parser.on('text', (part) => open.at(-1)?.children.push(part))
    parser.on('cdata', (part) => open.at(-1)?.children.push(part))
    parser.write(text).close()
  }

  private begin(
    name: string,
    values: Readonly<Record<string, string>>,
    isEmptyTag: boolean,
  ): void {
    const { open } = this
    if (open.length === MAX_DEPTH) throw new NotAnEvent()
    const attributes: XmlAttribute[] = []
    for (const key in values) attributes.push({ name: key, value: values[key]! })
    const element = { name, attributes, children: [], isEmptyTag, hasElements: false }
    const parent = open.at(-1)
    if (parent) {
      parent.children.push(element)
      parent.hasElements = true
    } else this.root = element
    open.push(element)
  }

  /** Blanks between elements are there for the eye. */
  private end(): void {
    const { children, hasElements } = this.open.pop()!
    if (!hasElements) return
    let kept = 0
    for (const child of children)
      if (isElement(child) || String(child).trim() !== '') children[kept++] = child
    children.length = kept
  }
}
