import type { TextRange } from './text-range'

/**
 * Where a part of an event is in its XML: `EventData.Image`, `EventData.param2`,
 * `System.Computer`, `UserData.SubjectUserName`, `RenderingInfo.Task`.
 */
export function findInXml(text: string, part: string): TextRange | undefined {
  const dot = part.indexOf('.')
  const group = dot < 0 ? part : part.slice(0, dot)
  const whole = findElement(text, group, 0, text.length)
  if (!whole || dot < 0) return whole
  const name = part.slice(dot + 1)
  const element = findElement(text, name, whole.from + 1, whole.to)
  return group === 'EventData' ? (findDatum(text, name, whole) ?? element) : element
}

/** The first element of that name that begins within those bounds. */
function findElement(
  text: string,
  name: string,
  from: number,
  to: number,
): TextRange | undefined {
  const open = `<${name}`
  for (
    let at = text.indexOf(open, from);
    at >= 0 && at < to;
    at = text.indexOf(open, at + 1)
  )
    if (/[\s/>]/.test(text[at + open.length] ?? '')) return endElement(text, name, at)
  return undefined
}

function endElement(text: string, name: string, from: number): TextRange {
  const tagEnd = text.indexOf('>', from)
  if (tagEnd < 0) return { from, to: text.length }
  if (text[tagEnd - 1] === '/') return { from, to: tagEnd + 1 }
  const close = `</${name}>`
  const end = text.indexOf(close, tagEnd)
  return { from, to: end < 0 ? text.length : end + close.length }
}

/** A datum by its name, or of those without names by its number. */
function findDatum(text: string, name: string, within: TextRange): TextRange | undefined {
  const wanted = /^param(\d+)$/.exec(name)?.[1]
  let number = 0
  let from = within.from
  for (;;) {
    const datum = findElement(text, 'Data', from, within.to)
    if (!datum) return undefined
    number++
    const tag = text.slice(datum.from, text.indexOf('>', datum.from))
    const named = /\sName=(?:'([^']*)'|"([^"]*)")/.exec(tag)
    const isIt = named ? (named[1] ?? named[2]) === name : String(number) === wanted
    if (isIt) return datum
    from = datum.to
  }
}
