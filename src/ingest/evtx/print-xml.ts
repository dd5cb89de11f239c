import { isElement, type XmlElement, type XmlNode } from '../windows/xml-tree'

/**
 * An event as XML on one line, as `wevtutil qe /f:xml` and EvtRender write it: attributes
 * in single quotes, quotes in texts left as they are.
 */
export function printXml(element: XmlElement): string {
  const { name, attributes, children, isEmptyTag } = element
  let text = `<${name}`
  for (const attribute of attributes)
    text += ` ${attribute.name}='${escapeQuoted(String(attribute.value))}'`
  if (isEmptyTag) return `${text}/>`
  return `${text}>${children.map(printNode).join('')}</${name}>`
}

const printNode = (node: XmlNode): string =>
  isElement(node) ? printXml(node) : escapeText(String(node))

const escapeText = (text: string): string =>
  /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text

const escapeQuoted = (text: string): string => escapeText(text).replaceAll("'", '&apos;')
