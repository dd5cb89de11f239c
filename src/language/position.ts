/** 1-based, in code points, as Elasticsearch counts (language.md 8.4). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where an offset of the text is; only `\n` ends a line, as on the server. */
export function positionAt(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < lineStart; i = text.indexOf('\n', i + 1))
    line++
  return { line, column: countCodePoints(text, lineStart, offset) + 1 }
}

function countCodePoints(text: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    const isLowHalf =
      i > from && (text.charCodeAt(i) & 0xfc00) === 0xdc00 && isHighHalf(text, i - 1)
    if (!isLowHalf) count++
  }
  return count
}

const isHighHalf = (text: string, i: number) => (text.charCodeAt(i) & 0xfc00) === 0xd800
