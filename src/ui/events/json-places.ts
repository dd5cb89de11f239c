import type { TextRange } from './text-range'

/** A key of a JSON text, and what it has for a value. */
interface JsonKey {
  readonly name: string
  /** From the quote of the key to the end of its value. */
  readonly from: number
  readonly to: number
}

/** In runs: a choice for each character of a long text would be too many to remember. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs

/** All keys of a JSON text, in their order; keys within a value come after its own key. */
export function readKeys(text: string): readonly JsonKey[] {
  const keys: { name: string; from: number; to: number }[] = []
  /** Keys whose values have not ended, by how deep they are. */
  const open: (number | undefined)[] = [undefined]
  const close = (at: number): void => {
    const key = open[open.length - 1]
    if (key !== undefined) keys[key]!.to = at
    open[open.length - 1] = undefined
  }
  for (const match of text.matchAll(STRINGS)) {
    const [token] = match
    const { index } = match
    if (token.startsWith('"')) {
      const end = index + token.length
      if (/^\s*:/.test(text.slice(end, end + 20))) {
        open[open.length - 1] = keys.length
        keys.push({ name: token.slice(1, -1), from: index, to: end })
      }
    } else if (token === '{' || token === '[') open.push(undefined)
    else {
      close(text.slice(0, index).trimEnd().length)
      if (token !== ',' && open.length > 1) open.pop()
    }
  }
  return keys
}

/** The key with these names above it, directly or not. */
export function findPath(
  keys: readonly JsonKey[],
  path: readonly string[],
): TextRange | undefined {
  let within = { from: 0, to: Infinity }
  let found: JsonKey | undefined
  for (const name of path) {
    const { from, to } = within
    found = keys.find((key) => key.name === name && key.from >= from && key.to <= to)
    if (!found) return undefined
    within = { from: found.from + 1, to: found.to }
  }
  return found && { from: found.from, to: found.to }
}
