import type { PageLayout } from './rule'

/** One line of a page; `number` is 1-based. */
export interface PageLine {
  readonly text: string
  readonly number: number
}

/** A heading of a page with the lines below it; the first section has no heading. */
export interface PageSection {
  readonly heading: string
  readonly lines: readonly PageLine[]
}

/** The lines of a page, after `plainPage`. */
export const linesOfPage = (text: string): readonly PageLine[] =>
  text.split('\n').map((line, i) => ({ text: line, number: i + 1 }))

/**
 * A page without what copying puts in: blanks of other widths, marks without any width at
 * the beginnings of lines, and blanks before every line. It keeps its lines.
 */
export function plainPage(text: string): string {
  const plain = ODD_BLANK.test(text)
    ? text.replaceAll(ODD_BLANKS, ' ').replaceAll(WIDTHLESS, '$1')
    : text
  const depth = depthOf(plain)
  return depth === 0
    ? plain
    : plain.replaceAll(new RegExp(`^[ \\t]{1,${depth}}`, 'gm'), '')
}

/** So many blanks stand before every line but the first: there they may be gone already. */
function depthOf(text: string): number {
  let least = Infinity
  let line = 0
  for (const [blanks] of text.matchAll(/^[ \t]*(?=\S)/gm)) {
    if (line++ > 0) least = Math.min(least, blanks.length)
    if (least === 0) return 0
  }
  return least === Infinity ? 0 : least
}

const ODD_BLANK = /[\u00A0\u1680\u2000-\u200D\u202F\u205F\u2060\u3000\uFEFF]/
const ODD_BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g
// Within a line such a mark may be part of a value.
const WIDTHLESS = /^([ \t]*)[\u200B-\u200D\u2060\uFEFF]+/gm

/** `Label: value` with one of some labels; marks of Markdown around them are dropped. */
export function readLabel(
  line: string,
  labels: readonly string[],
): { readonly label: string; readonly value: string } | undefined {
  const plain = line
    .replace(/^#+\s*/, '')
    .replaceAll('**', '')
    .trim()
  const colon = plain.indexOf(':')
  const label = plain.slice(0, Math.max(colon, 0)).trim().toLowerCase()
  return labels.includes(label)
    ? {
        label,
        value: plain
          .slice(colon + 1)
          .replace(/<br\s*\/?>/g, '')
          .trim(),
      }
    : undefined
}

/** An item of a list without its mark. */
export const withoutBullet = (line: string): string =>
  line.replace(/^\s*[-*•–·‣◦▪●∙](?:\s+|$)/, '').trim()

/** Lines as one text, without the empty ones around it. */
export const joinLines = (lines: readonly PageLine[]): string =>
  lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .replace(/^\n+|\s+$/g, '')

/**
 * Splits lines by headings. On older pages the word `edit` stands behind each, on a line
 * of its own or glued to the next or to the heading itself; it is taken away there only.
 */
export function splitSections(
  lines: readonly PageLine[],
  headings: readonly string[],
  layout: PageLayout,
): readonly PageSection[] {
  const sections: { heading: string; lines: PageLine[] }[] = [{ heading: '', lines: [] }]
  let isBehindHeading = false
  for (const line of lines) {
    const heading = headingOf(line.text, headings)
    const current = sections.at(-1)!
    if (heading !== undefined && isBehindHeading && heading === current.heading) continue
    if (heading !== undefined) {
      sections.push({ heading, lines: [] })
      isBehindHeading = true
    } else if (isBehindHeading && layout === 'older') {
      const text = withoutEdit(line.text)
      if (text.trim() !== '') {
        current.lines.push({ ...line, text })
        isBehindHeading = false
      }
    } else current.lines.push(line)
  }
  return sections
}

export const withoutEdit = (text: string): string =>
  text.replace(/^edit(?=\W|$|[A-Z]|[a-z])/, '')

/** No heading is longer, with all that stands around it. */
const LONGEST_HEADING = 200

function headingOf(text: string, headings: readonly string[]): string | undefined {
  if (text.length > LONGEST_HEADING) return undefined
  const plain = text
    .replace(/^#+\s*/, '')
    // The name of its anchor, or what stands for the link to it.
    .replace(/\s*(?:\[[^\]]*\]|[¶#§])\s*$/, '')
    .replace(/^\*\*(.*)\*\*$/, '$1')
    .replace(/:$/, '')
    .trim()
    .toLowerCase()
  const bare = plain.replace(/edit$/, '')
  return headings.find((heading) => heading === plain || heading === bare)
}
