/** Deeper than this the text is indented no further. */
const DEEPEST = 40

/**
 * XML laid out one element a line, an element with nothing but text on one. Only white
 * space between elements changes. Text that is not XML comes back as it is.
 *
 *     <a><b>1</b><c/></a>   <a>
 *                             <b>1</b>
 *                             <c/>
 *                           </a>
 */
export const printXml = (text: string): string => {
  let depth = 0
  let isInText = false
  let out = ''
  const newLine = () => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`
  for (const [token] of text.matchAll(TOKENS)) {
    const isTag = token.startsWith('<') && token.endsWith('>')
    if (isTag && token.startsWith('</')) {
      depth = Math.max(0, depth - 1)
      out += isInText ? token : newLine() + token
      isInText = false
    } else if (isTag) {
      if (out !== '') out += newLine()
      out += token
      const isOpen = !token.endsWith('/>') && !/^<[!?]/.test(token)
      if (isOpen) depth++
      isInText = isOpen
    } else if (token.trim() !== '' || isInText) {
      out += token
      isInText = true
    }
  }
  return out
}

/** Tags with their attributes, comments, and what is between. */
const TOKENS = /<!--.*?-->|<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>|[^<]+|</gs

/** Whether a text is laid out as XML. */
export const isXml = (text: string): boolean => /^\s*</.test(text)
