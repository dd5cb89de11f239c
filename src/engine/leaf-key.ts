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
  const key = JSON.stringify(leaf, (name, value: unknown) => {
    if (idle.has(name)) return undefined
    if (typeof value === 'bigint') return `${value}n`
    return typeof value === 'number' ? numberKey(value) : value
  })
  return key.includes('"now') ? `${key} ${now}` : key
}

/** JSON has neither infinities nor a negative zero. */
const numberKey = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : `${1 / value} ${value}`
