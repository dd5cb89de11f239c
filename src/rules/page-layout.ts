import { plainPage } from './page-lines'
import type { PageLayout } from './rule'

/**
 * The layout of a documentation page, from its text or the head of it; undefined if it is
 * none (rules.md 1.6, and the pages of the reference and the rules explorer).
 */
export function pageLayoutOf(asCopied: string): PageLayout | undefined {
  if (NUMBERED.test(asCopied)) return 'numbered'
  const text = plainPage(asCopied)
  if (EXPLORER.every((line) => line.test(text))) return 'explorer'
  if (!LABELLED.every((label) => label.test(text))) return undefined
  if (REFERENCE.test(text)) return 'reference'
  return GLUED.test(text) ? 'older' : 'current'
}

// TOML with the numbers of its lines: 1[metadata], then a line that begins with 2.
const NUMBERED = /^[ \t]*1(?:\[{1,2}(?:metadata|rule)\b|#)[^\n]*\n[ \t]*2/m
const EXPLORER = [/^#*\s*About\s*$/im, /^#*\s*Definition\s*$/im, /^#*\s*Rule Type\b/im]
// Marks of Markdown may stand around a label; a longer run of signs is something else.
const LABELLED = [
  /^\W{0,4}Rule type\W{0,4}:\W{0,4}\w+/im,
  /^\W{0,4}(?:Rule )?(?:Severity|Indices)\W{0,4}:/im,
]
const REFERENCE = /^\W{0,4}Rule Severity\W{0,4}:/im
/** What is left of the links for editing a page, after a heading or glued to it. */
const GLUED = /^edit(?:$|\S)|^(?:Rule query|Threat mapping|Investigation guide)edit$/m
