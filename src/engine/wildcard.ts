import { foldAscii } from './case-fold'

/**
 * A matcher for a pattern of `*` (any run, also none) and `?` (one code point) that must
 * cover the whole text. Nothing escapes, all else is literal, line ends are ordinary
 * (language.md 3.8). Takes time |pattern| × |text| at worst.
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  if (!isWildcard(pattern)) return (text) => text === pattern
  const runs = pattern.split(/\*+/)
  if (!pattern.includes('?')) return matchRuns(runs)
  return (text) => matchFrom(pattern, text)
}

/**
 * As `compileWildcard`, in any ASCII case; `pattern` is folded already. Folding copies
 * the text, so what stands before the first star and after the last is compared as it
 * is, and most texts are turned away by their beginning.
 */
export function compileFoldedWildcard(pattern: string): (text: string) => boolean {
  const head = pattern.split('*', 1)[0] ?? ''
  const tail = pattern.slice(pattern.lastIndexOf('*') + 1)
  const matches = compileWildcard(pattern)
  const isSettled =
    head.length + tail.length + 1 === pattern.length && !tail.includes('?')
  const least = head.length + tail.length
  if (head.includes('?') || !pattern.includes('*'))
    return (text) => mayStart(text, head) && matches(foldAscii(text))
  return (text) => {
    if (text.length < least || !isAt(text, 0, head)) return false
    if (!tail.includes('?') && !isAt(text, text.length - tail.length, tail)) return false
    return isSettled || matches(foldAscii(text))
  }
}

/** Whether the text has those units there, in any ASCII case. */
function isAt(text: string, at: number, folded: string): boolean {
  for (let i = 0; i < folded.length; i++)
    if (foldUnit(text.charCodeAt(at + i)) !== folded.charCodeAt(i)) return false
  return true
}

/** Whether the text may begin so, where `?` stands for one unit; unsure beyond ASCII. */
function mayStart(text: string, head: string): boolean {
  for (let i = 0; i < head.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 127) return true
    const sought = head.charCodeAt(i)
    if (sought !== ANY && foldUnit(unit) !== sought) return false
    if (Number.isNaN(unit)) return false
  }
  return true
}

const foldUnit = (unit: number): number => (unit >= 65 && unit <= 90 ? unit | 32 : unit)

/** Whether a pattern matches more than itself. */
export const isWildcard = (pattern: string): boolean => /[*?]/.test(pattern)

/** Without `?`, each run between stars is sought as plain text, leftmost first. */
function matchRuns(runs: readonly string[]): (text: string) => boolean {
  const first = runs[0] ?? ''
  const last = runs.at(-1) ?? ''
  const inner = runs.slice(1, -1)
  return (text) => {
    if (text.length < first.length + last.length) return false
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const run of inner) {
      const found = text.indexOf(run, at)
      if (found < 0) return false
      at = found + run.length
    }
    return at <= text.length - last.length
  }
}

/**
 * Two pointers; on a mismatch the last star takes one code point more. Earlier stars
 * never need to be tried again.
 */
function matchFrom(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    const unit = p < pattern.length ? pattern.charCodeAt(p) : -1
    if (unit === STAR) {
      star = ++p
      resume = t
    } else if (unit === ANY) {
      p++
      t += pointLength(text, t)
    } else if (unit === text.charCodeAt(t)) {
      p++
      t++
    } else if (star >= 0) {
      p = star
      resume += pointLength(text, resume)
      t = resume
    } else return false
  }
  while (pattern.charCodeAt(p) === STAR) p++
  return p === pattern.length
}

const STAR = 42
const ANY = 63

const pointLength = (text: string, at: number): number =>
  (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
