import type { XmlAttribute, XmlElement } from '../windows/xml-tree'

/** Where a template takes a value of the record. */
export interface Slot {
  readonly kind: 'slot'
  readonly index: number
}

/** What an attribute holds. */
export type Characters = string | Slot

export interface AttributePart {
  readonly name: string
  readonly content: readonly Characters[]
}

/** An element of a template, as far as it is known before a record fills it. */
export interface ElementPart {
  readonly kind: 'element'
  readonly name: string
  /** The element is left out if the value with this number is null; -1: never. */
  readonly dependency: number
  readonly attributes: readonly AttributePart[]
  /** The attributes, if none of them has a slot. */
  readonly fixedAttributes: readonly XmlAttribute[] | undefined
  readonly content: readonly Part[]
  /** The numbers of the slots that stand right in the content. */
  readonly slots: readonly number[]
  readonly isEmptyTag: boolean
  /** All of the element, if no record can change anything of it. */
  readonly fixed: XmlElement | undefined
  /** How many characters of it are known; of a fixed one, all that are in it. */
  readonly weight: number
}

/**
 * A template with its values: an array of descriptors at `specs` in the chunk (size in 16
 * bits, type in 8, and 8 unused), and where each value begins.
 */
export interface Instance {
  readonly kind: 'instance'
  readonly template: readonly Part[]
  readonly specs: number
  readonly starts: readonly number[]
}

/** A piece of content. */
export type Part = string | Slot | ElementPart | Instance

type Draft = Pick<
  ElementPart,
  'name' | 'dependency' | 'attributes' | 'content' | 'isEmptyTag'
>

/** Finishes an element: what no value can change is made once, here. */
export function makeElementPart(draft: Draft): ElementPart {
  const { name, dependency, content, isEmptyTag } = draft
  const slots = content.flatMap((part) => (isSlot(part) ? [part.index] : []))
  const attributes = fixAttributes(draft.attributes)
  const children = dependency < 0 ? fixContent(content) : undefined
  const fixed =
    attributes && children ? { name, attributes, children, isEmptyTag } : undefined
  return {
    kind: 'element',
    ...draft,
    fixedAttributes: attributes,
    slots,
    fixed,
    weight: weigh(draft, fixed !== undefined),
  }
}

const isSlot = (part: Part): part is Slot =>
  typeof part === 'object' && part.kind === 'slot'

function fixContent(content: readonly Part[]): (string | XmlElement)[] | undefined {
  const fixed: (string | XmlElement)[] = []
  for (const part of content)
    if (typeof part === 'string') fixed.push(part)
    else if (part.kind === 'element' && part.fixed) fixed.push(part.fixed)
    else return undefined
  return fixed
}

/** Attributes without content are not shown (MS-EVEN6 2.2.12.2). */
function fixAttributes(parts: readonly AttributePart[]): XmlAttribute[] | undefined {
  const attributes: XmlAttribute[] = []
  for (const { name, content } of parts) {
    let value = ''
    for (const part of content) {
      if (typeof part !== 'string') return undefined
      value += part
    }
    if (value !== '') attributes.push({ name, value })
  }
  return attributes
}

function weigh({ name, attributes, content }: Draft, isFixed: boolean): number {
  let weight = name.length
  for (const attribute of attributes) {
    weight += attribute.name.length
    for (const part of attribute.content)
      if (typeof part === 'string') weight += part.length
  }
  for (const part of content)
    if (typeof part === 'string') weight += part.length
    else if (isFixed && part.kind === 'element') weight += part.weight
  return weight
}
