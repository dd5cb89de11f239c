/**
 * Regular expressions in Java's dialect that mean the same in Lucene's, of which only the
 * latter takes time in proportion to the text whatever the expression. They must cover
 * the whole text, so it is all one whether a repeat is lazy, and anchors at either end say
 * nothing. Look-around, back references, word boundaries and possessive repeats are left.
 *
 *     ^(?:\w+\s?)+?"$     ─►     (\w+\s?)+\"
 */

/** The same in Lucene's dialect; undefined for what has no like there. */
export function toLucene(body: string): string | undefined {
  const inner = body.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
  let lucene = ''
  part.lastIndex = 0
  while (part.lastIndex < inner.length) {
    const { groups } = part.exec(inner) ?? {}
    if (!groups) return undefined
    const { plain = '', sign, open, other = '', repeat = '' } = groups
    lucene += sign === undefined ? plain + other : `\\${sign}`
    lucene += (open === undefined ? '' : '(') + repeat
  }
  return emptyAlternative.test(lucene) ? undefined : lucene
}

const atoms = [
  // What is an operator to Lucene alone.
  String.raw`(?<sign>["<>~@#&])`,
  String.raw`(?<plain>[\w !%',/:;=.\u00a1-\u2027\u202a-\ud7ff-]|\\[.*+?()[\]{}|\\/$^-]|\\[dDwWsS]`,
  String.raw`\[\^?(?:[a-zA-Z]-[a-zA-Z]|\d-\d|[\w ,/:;=.%"<>@#~!'(){}*+?|\u00a1-\u2027\u202a-\ud7ff]|\\[dws.\\/-])+\])`,
  String.raw`(?<open>\(\?:|\((?!\?))`,
  String.raw`(?<other>[)|])`,
]
const repeat = String.raw`(?<repeat>[*+?]|\{\d{1,2}(?:,\d{0,2})?\})\??(?![*+?{])`

/** A character, a class, a bracket or a bar, and how often. */
const part = new RegExp(`(?:${atoms.join('|')})(?:${repeat})?`, 'y')

const emptyAlternative = /^$|^\||\|$|\|\||\(\||\|\)|\(\)|(?:^|[(|])[*+?{]/

/** Texts of which Lucene says what Java says. Both fold the case of ASCII alone. */
export const isPlainText = (text: string): boolean => oneLine.test(text)

/** What ends a line to Java, and is space to it, but not to Lucene. */
const oneLine = /^[^\n\v\f\r\u0085\u2028\u2029]*$/
