import type { WindowsEvent } from '../windows/windows-event'
import { isElement, textOf, type XmlElement } from '../windows/xml-tree'
import type { EventWriter } from './event-writer'

/** More elements within one another than this are an attack, not an event. */
const MAX_NESTED = 50

/** Writes what an event holds in a form of its own: its innermost elements, by name. */
export function putUserData(out: EventWriter): void {
  const own = ownElement(out.event)
  if (!own) return
  out.put('winlog.user_data.xml_name', own.name, 'UserData')
  forEachLeaf(own, 0, (name, value) => {
    if (value !== '') out.put(`winlog.user_data.${name}`, value, `UserData.${name}`)
  })
}

/** The text of the first innermost element of that name. */
export function userDatum(
  { userData }: WindowsEvent,
  wanted: string,
): string | undefined {
  let found: string | undefined
  if (userData)
    forEachLeaf(userData, 0, (name, value) => {
      if (name === wanted && value !== '') found ??= value
    })
  return found
}

const ownElement = ({ userData }: WindowsEvent): XmlElement | undefined =>
  userData?.children.find(isElement)

function forEachLeaf(
  element: XmlElement,
  depth: number,
  visit: (name: string, value: string) => void,
): void {
  if (depth > MAX_NESTED) return
  for (const child of element.children) {
    if (!isElement(child)) continue
    if (child.children.some(isElement)) forEachLeaf(child, depth + 1, visit)
    else visit(child.name, textOf(child))
  }
}
