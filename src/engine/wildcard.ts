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
