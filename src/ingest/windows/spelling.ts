/*
 * Values that exports spell in other ways than Windows does, put back.
 */

const BARE_GUID = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/

/** A GUID in braces, as Windows renders it; other texts as they are. */
export const withBraces = (guid: string): string =>
  guid.length === 36 && BARE_GUID.test(guid) ? `{${guid}}` : guid

/**
 * A value of EventData of which only the name tells whether it was a GUID: evtx_dump
 * takes the braces off, and writes such values in capitals.
 */
export function withLostBraces(name: string, value: string): string {
  if (value.length !== 36 || !BARE_GUID.test(value)) return value
  return /guid$/i.test(name) || !/[a-f]/.test(value) ? `{${value}}` : value
}

/** The bit mask of keywords as `0x…`, from that or from a decimal, which may be signed. */
export function hexKeywords(text: string): string {
  if (!/^-?\d{1,20}$/.test(text)) return text
  return `0x${BigInt.asUintN(64, BigInt(text)).toString(16)}`
}

/** A time of an export as ISO 8601; a zone is neither invented nor taken off. */
export const isoTime = (text: string): string =>
  text.charCodeAt(10) === SPACE ? `${text.slice(0, 10)}T${text.slice(11)}` : text

const SPACE = 0x20

const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g
const CHARACTERS: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

/** A value that was taken out of XML with its entities left in; others as they are. */
export function withoutEntities(text: string): string {
  if (!text.includes('&') || /[<>]|&(?![a-z]{2,4};|#x?[0-9a-fA-F]+;)/.test(text))
    return text
  return text.replace(ENTITY, (entity, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return CHARACTERS[name]!
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}
