/**
 * Order of texts by code point, which is the order of the UTF-8 bytes that keyword fields
 * compare. Below zero, zero or above, as `left` comes before, with or after `right`.
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a !== b) return unitRank(a) - unitRank(b)
  }
  return left.length - right.length
}

/** Surrogates stand for code points above all others, so U+E000 to U+FFFF go before them. */
function unitRank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
