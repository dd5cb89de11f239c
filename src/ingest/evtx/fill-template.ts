import type { ChunkBytes } from './chunk-bytes'
import type { BinXmlParser } from './parse-binxml'
import type { Characters, ElementPart, Instance, Part } from './template'
import { ARRAY, BINARY_XML, NULL, readItems, readValue } from './values'
import type { XmlAttribute, XmlNode, XmlScalar } from '../windows/xml-tree'

/** No values, for what stands outside of a template. */
const NOTHING: Instance = { kind: 'instance', template: [], specs: 0, starts: [] }

/** Makes the tree of a record from its parts, and the values of its templates. */
export class TemplateFiller {
  constructor(
    private readonly chunk: ChunkBytes,
    private readonly parser: BinXmlParser,
  ) {}

  /** The nodes of a record or of a value, whose bytes are `from … to`. */
  fillFragment(from: number, to: number, depth: number): XmlNode[] {
    const nodes: XmlNode[] = []
    const parts = this.parser.parseFragment(from, to, depth)
    this.fillParts(parts, NOTHING, nodes, depth)
    return nodes
  }

  private fillParts(
    parts: readonly Part[],
    values: Instance,
    nodes: XmlNode[],
    depth: number,
  ): void {
    this.chunk.checkDepth(depth)
    this.chunk.spend(parts.length)
    for (const part of parts)
      if (typeof part === 'string') nodes.push(part)
      else if (part.kind === 'slot') this.fillSlot(part.index, values, nodes, depth)
      else if (part.kind === 'element') this.fillElement(part, values, nodes, depth)
      else this.fillParts(part.template, part, nodes, depth + 1)
  }

  private fillElement(
    part: ElementPart,
    values: Instance,
    nodes: XmlNode[],
    depth: number,
  ): void {
    this.chunk.spend(part.weight)
    if (part.fixed) {
      nodes.push(part.fixed)
      return
    }
    if (part.dependency >= 0 && this.typeOf(part.dependency, values) === NULL) return
    const array = this.findArray(part, values)
    if (array >= 0) {
      this.repeatElement(part, array, values, nodes, depth)
      return
    }
    const children: XmlNode[] = []
    this.fillParts(part.content, values, children, depth + 1)
    const attributes = part.fixedAttributes ?? this.fillAttributes(part, values)
    nodes.push({ name: part.name, attributes, children, isEmptyTag: part.isEmptyTag })
  }

  /** The first slot in the content that is to be filled with an array, or -1. */
  private findArray(part: ElementPart, values: Instance): number {
    for (const index of part.slots) if (this.typeOf(index, values) & ARRAY) return index
    return -1
  }

  /**
   * An array makes an element of each item; an empty one makes one empty element
   * (MS-EVEN6 3.1.4.7.5).
   */
  private repeatElement(
    part: ElementPart,
    array: number,
    values: Instance,
    nodes: XmlNode[],
    depth: number,
  ): void {
    const items = this.itemsOf(array, values)
    const attributes = part.fixedAttributes ?? this.fillAttributes(part, values)
    const { name, isEmptyTag } = part
    const weight = part.weight + (part.fixedAttributes ? 0 : weigh(attributes))
    for (const item of items.length > 0 ? items : ['']) {
      this.chunk.spend(weight)
      const children: XmlNode[] = []
      for (const each of part.content)
        if (typeof each !== 'object' || each.kind !== 'slot' || each.index !== array)
          this.fillParts([each], values, children, depth + 1)
        else if (item !== '') children.push(item)
      nodes.push({ name, attributes, children, isEmptyTag })
    }
  }

  private fillSlot(
    index: number,
    values: Instance,
    nodes: XmlNode[],
    depth: number,
  ): void {
    const type = this.typeOf(index, values)
    if (type === NULL) return
    if (type === BINARY_XML) {
      const from = values.starts[index]!
      const to = from + this.lengthOf(index, values)
      for (const node of this.fillFragment(from, to, depth + 1)) nodes.push(node)
      return
    }
    const value = this.valueOf(index, values)
    if (value !== '') nodes.push(value)
  }

  private fillAttributes(part: ElementPart, values: Instance): XmlAttribute[] {
    const attributes: XmlAttribute[] = []
    for (const { name, content } of part.attributes) {
      const value = this.attributeValue(content, values)
      if (value !== '') attributes.push({ name, value })
    }
    return attributes
  }

  private attributeValue(content: readonly Characters[], values: Instance): XmlScalar {
    let all: XmlScalar = ''
    for (const part of content) {
      const value = typeof part === 'string' ? part : this.valueOf(part.index, values)
      all = all === '' ? value : `${all}${value}`
    }
    return all
  }

  /** The value that fills a slot; items of an array are parted by commas. */
  private valueOf(index: number, values: Instance): XmlScalar {
    this.chunk.spend(4)
    const type = this.typeOf(index, values)
    if (type === NULL || type === BINARY_XML) return ''
    if (type & ARRAY) return this.itemsOf(index, values).join(',')
    return readValue(
      this.chunk,
      type,
      values.starts[index]!,
      this.lengthOf(index, values),
    )
  }

  private itemsOf(index: number, values: Instance): readonly XmlScalar[] {
    const type = this.typeOf(index, values) & ~ARRAY
    const length = this.lengthOf(index, values)
    return readItems(this.chunk, type, values.starts[index]!, length)
  }

  /** A slot without a value is as good as null. */
  private typeOf(index: number, { specs, starts }: Instance): number {
    return index < starts.length ? this.chunk.bytes[specs + index * 4 + 2]! : NULL
  }

  private lengthOf(index: number, { specs }: Instance): number {
    return this.chunk.u16(specs + index * 4)
  }
}

function weigh(attributes: readonly XmlAttribute[]): number {
  let weight = 0
  for (const { value } of attributes) weight += String(value).length
  return weight
}
