/** A rule inside a search answer: the answer, its hits, the list of them, a hit, the rule. */
const DEPTH = 6

/**
 * The object keys near the top of JSON text, which may be cut off anywhere or be
 * several values in a row. One pass, no parsing of values.
 */
export function keysNearTop(text: string): ReadonlySet<string> {
  const keys = new Set<string>()
  // A string cut off by the end of the text is taken whole, so that no quote in it opens another.
  const token = /"([^"\\]*(?:\\.[^"\\]*)*)(?:"(\s*:)?|\\?$)|[[{]|[\]}]/gs
  let depth = 0
  for (const [whole, string, colon] of text.matchAll(token)) {
    if (string === undefined) depth += whole === '{' || whole === '[' ? 1 : -1
    else if (colon && depth <= DEPTH) keys.add(string)
  }
  return keys
}
