/** Deeper than this the text is indented no further. */
const DEEPEST = 40

/**
 * JSON text laid out one member a line. Only white space changes: numbers keep their
 * digits and strings their escapes, which parsing and printing again would not. Text
 * that is not JSON comes back with its words in order, never an error.
 *
 *     {"a":[1,2]}   {
 *                     "a": [
 *                       1,
 *                       2
 *                     ]
 *                   }
 */
export const printJson = (text: string): string => {
  let depth = 0
  let out = ''
  const newLine = () => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`
  for (const [token] of text.matchAll(TOKENS)) {
    if (/^[[{]\s*[\]}]$/.test(token)) out += token.replace(/\s/g, '')
    else if (token === '{' || token === '[') {
      depth++
      out += token + newLine()
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1)
      out += newLine() + token
    } else if (token === ',') out += token + newLine()
    else if (token === ':') out += ': '
    else out += token
  }
  return out
}

/** Empty brackets, strings, single marks, and runs of anything else. */
const TOKENS = /\{\s*\}|\[\s*\]|"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs
