import type { PageLayout } from './rule'

/**
 * The layout of a documentation page, from its text or the head of it; undefined if it is
 * none (rules.md 1.6, and the pages of the reference and the rules explorer).
 */
export function pageLayoutOf(text: string): PageLayout | undefined {
  if (NUMBERED.test(text)) return 'numbered'
  if (EXPLORER.every((line) => line.test(text))) return 'explorer'
  if (!LABELLED.every((label) => label.test(text))) return undefined
  if (REFERENCE.test(text)) return 'reference'
  return GLUED.test(text) ? 'older' : 'current'
}

// TOML with the numbers of its lines: 1[metadata], then a line that begins with 2.
const NUMBERED = /^\s*1(?:\[{1,2}(?:metadata|rule)\b|#)[^\n]*\n\s*2/m
const EXPLORER = [/^About\s*$/m, /^Definition\s*$/m, /^Rule Type\b/m]
const LABELLED = [/^\W*Rule type\W*:\W*\w+/im, /^\W*(?:Rule )?(?:Severity|Indices)\W*:/im]
const REFERENCE = /^\W*Rule Severity\W*:/im
/** What is left of the links for editing a page, after a heading or glued to it. */
const GLUED = /^edit(?:$|\S)|^(?:Rule query|Threat mapping|Investigation guide)edit$/m
