/**
 * Splits a command line as programs of Windows do: blanks end an argument outside quotes,
 * a quote within quotes is doubled, and backslashes count only before a quote.
 * https://learn.microsoft.com/en-us/cpp/cpp/main-function-command-line-args
 */
export function splitArguments(line: string): string[] {
  const found: string[] = []
  let argument = ''
  let isQuoted = false
  let isOpen = false
  let backslashes = 0
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === BACKSLASH) {
      backslashes++
      isOpen = true
    } else if (code === QUOTE) {
      argument += slashes(backslashes >> 1)
      const isLiteral = backslashes % 2 === 1
      const isDouble = !isLiteral && isQuoted && line.charCodeAt(at + 1) === QUOTE
      if (isLiteral || isDouble) argument += '"'
      if (isDouble) at++
      if (!isLiteral) isQuoted = !isQuoted
      backslashes = 0
      isOpen = true
    } else {
      argument += slashes(backslashes)
      backslashes = 0
      const isBlank = code === SPACE || code === TAB
      if (!isBlank || isQuoted) {
        argument += line[at]!
        isOpen = true
      } else if (isOpen) {
        found.push(argument)
        argument = ''
        isOpen = false
      }
    }
  }
  if (isOpen) found.push(argument + slashes(backslashes))
  return found
}

/**
 * Cuts a command line at every single blank outside quotes; quotes and backslashes stay,
 * and an empty argument stands between two blanks and behind a last one. So Elastic reads the
 * command lines of the Security log.
 */
export function cutArguments(line: string): string[] {
  const found: string[] = []
  let isQuoted = false
  let from = 0
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === QUOTE) isQuoted = !isQuoted
    else if (!isQuoted && isWhiteSpace(code)) {
      found.push(line.slice(from, at))
      from = at + 1
      if (from === line.length) found.push('')
    }
  }
  if (from < line.length) found.push(line.slice(from))
  return found
}

const BACKSLASH = 0x5c
const QUOTE = 0x22
const SPACE = 0x20
const TAB = 0x09

const slashes = (count: number): string => (count === 0 ? '' : '\\'.repeat(count))

const isWhiteSpace = (code: number): boolean =>
  code === SPACE || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
