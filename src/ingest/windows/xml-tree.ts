/** A value as an event holds it: numbers and truth values keep their kind. */
export type XmlScalar = string | number | bigint | boolean

export interface XmlAttribute {
  readonly name: string
  readonly value: XmlScalar
}

export type XmlNode = XmlElement | XmlScalar

/** An element of an event, as XML would hold it. Entities are resolved, CDATA is text. */
export interface XmlElement {
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
  /** Written `<X/>`, not `<X></X>`. */
  readonly isEmptyTag: boolean
}

export const isElement = (node: XmlNode): node is XmlElement => typeof node === 'object'

/** The first element of that name among the children. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children)
    if (isElement(child) && child.name === name) return child
  return undefined
}

/** The text of an attribute. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  for (const attribute of element.attributes)
    if (attribute.name === name) return String(attribute.value)
  return undefined
}

/** The text of an element and of all that is in it. */
export function textOf(element: XmlElement): string {
  const { children } = element
  const [only] = children
  if (children.length === 1 && !isElement(only!)) return String(only)
  let text = ''
  for (const child of children) text += isElement(child) ? textOf(child) : String(child)
  return text
}
