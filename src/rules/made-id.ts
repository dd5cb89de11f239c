/**
 * The rule id of a rule that has none: the same for the same name and query, and in the
 * form of a UUID (version 8), which is what other tools expect.
 */
export function madeRuleId(name: string, query: string): string {
  const text = `${name}\n${query}`
  const hex = [1, 2, 3, 4].map((seed) => hash(text, seed)).join('')
  const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4] ?? '8'
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

/** FNV-1a with a seed and a last stirring, 32 bits in hexadecimal. */
function hash(text: string, seed: number): string {
  let state = Math.imul(0x811c9dc5, seed)
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  }
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b)
  state ^= state >>> 13
  return (state >>> 0).toString(16).padStart(8, '0')
}
