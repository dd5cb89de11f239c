import {
  attributeOf,
  isElement,
  type XmlAttribute,
  type XmlElement,
  type XmlScalar,
} from '../../../src/ingest/windows/xml-tree'

/** JSON, with integers beyond 2^53 as bigint. */
export type DumpValue =
  XmlScalar | null | readonly DumpValue[] | { readonly [key: string]: DumpValue }

/**
 * An event in the JSON shape of evtx_dump, which many public data sets are in: attributes
 * under `#attributes`, text beside them under `#text`, named data as members of EventData,
 * and `_1`, `_2` behind names that occur again.
 */
export const printDump = (event: XmlElement): DumpValue => ({
  [event.name]: dumpElement(event, false),
})

function dumpElement(element: XmlElement, isData: boolean): DumpValue {
  const members = new Map<string, DumpValue>()
  if (element.attributes.length > 0)
    members.set('#attributes', dumpAttributes(element.attributes))
  const text = dumpText(element)
  const elements = element.children.filter(isElement)
  if (members.size === 0 && elements.length === 0) return text ?? null
  if (text !== undefined) members.set('#text', text)
  dumpChildren(elements, isData, members)
  return Object.fromEntries(members)
}

function dumpChildren(
  elements: readonly XmlElement[],
  isData: boolean,
  members: Map<string, DumpValue>,
): void {
  const nameless: DumpValue[] = []
  const seen = new Map<string, number>()
  for (const element of elements) {
    const isDatum = isData && element.name === 'Data'
    const name = isDatum ? attributeOf(element, 'Name') : element.name
    if (name === undefined) nameless.push(dumpDatum(element))
    else if (isDatum) members.set(name, dumpDatum(element))
    else {
      const times = seen.get(name) ?? 0
      seen.set(name, times + 1)
      const key = times === 0 ? name : `${name}_${times}`
      members.set(key, dumpElement(element, isContainer(name)))
    }
  }
  const [only] = nameless
  if (only !== undefined)
    members.set('Data', { '#text': nameless.length === 1 ? only : nameless })
}

const isContainer = (name: string) => name === 'EventData' || name === 'UserData'

const dumpDatum = (element: XmlElement): DumpValue =>
  element.children.some(isElement)
    ? dumpElement(element, false)
    : (dumpText(element) ?? '')

const dumpAttributes = (attributes: readonly XmlAttribute[]): DumpValue =>
  Object.fromEntries(attributes.map(({ name, value }) => [name, value]))

/** A number stays one if it is all there is. */
function dumpText({ children }: XmlElement): XmlScalar | undefined {
  const texts = children.filter((child) => !isElement(child)) as XmlScalar[]
  return texts.length > 1 ? texts.join('') : texts[0]
}
