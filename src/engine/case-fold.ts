/**
 * Folds A to Z only, as case-insensitive tests on fields do (language.md 3.8).
 * Keeps the length, so positions in the folded text are positions in the text.
 */
export const foldAscii = (text: string): string =>
  isAscii.test(text)
    ? text.toLowerCase()
    : text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

/**
 * Folds every letter that has a simple counterpart, as Java's `equalsIgnoreCase` does;
 * for case-insensitive tests on function results (language.md 3.8). Keeps the length:
 * `ß` and `İ`, which would grow, stay as they are.
 */
export const foldFull = (text: string): string =>
  isAscii.test(text) ? text.toLowerCase() : Array.from(text, foldLetter).join('')

const isAscii = /^\p{ASCII}*$/u

function foldLetter(letter: string): string {
  const upper = letter.toUpperCase()
  const widest = upper.length === letter.length ? upper : letter
  const lower = widest.toLowerCase()
  return lower.length === letter.length ? lower : widest
}
