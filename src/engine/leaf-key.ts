import type { Expression } from '../language/ast'

/** Where a node stands, or was written, does not matter to what it means. */
const idle: ReadonlySet<string> = new Set([
  'from',
  'to',
  'opSpan',
  'nameSpan',
  'optional',
])

/** A text that two leaves share only if they mean the same. `now` moves date constants. */
export function leafKey(leaf: Expression, now: number): string {
  const key = keyOf(leaf)
  return key.includes('"now') ? `${key} ${String(now)}` : key
}

/** As JSON, but for numbers, of which that has neither infinities nor a negative zero. */
function keyOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'bigint') return `${String(value)}n`
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`
  if (typeof value !== 'object' || value === null) return String(value)
  let key = '{'
  for (const [name, part] of Object.entries(value))
    if (!idle.has(name)) key += `${name}:${keyOf(part)},`
  return `${key}}`
}
