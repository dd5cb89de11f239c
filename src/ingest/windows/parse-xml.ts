import { SaxesParser } from 'saxes'
import { isElement, type XmlAttribute, type XmlElement, type XmlNode } from './xml-tree'

/** Elements within one another; more is an attack, not an event. */
const MAX_DEPTH = 64

/**
 * Reads one element, as `<Event>…</Event>`, with what may stand before and behind it.
 * Entities are resolved and line ends are LF, as XML has it; no entity can be defined.
 * What event logs hold and XML forbids is left out or taken for text: control characters,
 * bare `&`, and `<unknown process>`. Undefined if it is no XML even then.
 * https://www.w3.org/TR/xml/
 */
export const parseXml = (text: string): XmlElement | undefined =>
  buildTree(text) ?? buildTree(repair(text))

/** What may not stand in XML, but for the references to it. */
const FORBIDDEN = /[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|\ufffe|\uffff/gu
const REFERENCE = /&#(?:(\d+)|x([0-9a-fA-F]+));/g
/** Some senders of syslog turn `;` into a blank. */
const BROKEN_ENTITY = /&(lt|gt|amp|quot|apos) /g
const BARE_AMPERSAND = /&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)/g
const BARE_ANGLE = /<(?![/!?\p{L}_])|<(?=unknown process>)/gu

const repair = (text: string): string =>
  text
    .replace(FORBIDDEN, '')
    .replace(REFERENCE, (reference, decimal?: string, hex?: string) =>
      isAllowed(decimal === undefined ? parseInt(hex!, 16) : Number(decimal))
        ? reference
        : '',
    )
    .replace(BROKEN_ENTITY, '&$1;')
    .replace(BARE_AMPERSAND, '&amp;')
    .replace(BARE_ANGLE, '&lt;')

const isAllowed = (code: number): boolean =>
  code <= 0x10ffff && String.fromCodePoint(code).replace(FORBIDDEN, '') !== ''

function buildTree(text: string): XmlElement | undefined {
  const builder = new TreeBuilder()
  try {
    builder.read(text)
  } catch (error) {
    if (error instanceof NotXml) return undefined
    throw error
  }
  return builder.root
}

/** Thrown within this file only, to end the parsing. */
class NotXml extends Error {}

/** An element that is still open. */
interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
  hasElements: boolean
}

class TreeBuilder {
  root: XmlElement | undefined = undefined
  private readonly open: OpenElement[] = []

  read(text: string): void {
    const parser = new SaxesParser()
    parser.on('error', () => {
      throw new NotXml()
    })
    parser.on('opentag', ({ name, attributes, isSelfClosing }) =>
      this.begin(name, attributes, isSelfClosing),
    )
    parser.on('closetag', () => this.end())
    parser.on('text', (part) => this.addText(part))
    parser.on('cdata', (part) => this.addText(part))
    parser.write(text).close()
  }

  private begin(
    name: string,
    values: Readonly<Record<string, string>>,
    isEmptyTag: boolean,
  ): void {
    const { open } = this
    if (open.length === MAX_DEPTH) throw new NotXml()
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

  private addText(text: string): void {
    this.open.at(-1)?.children.push(text)
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
