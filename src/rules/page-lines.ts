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

export const linesOfPage = (text: string): readonly PageLine[] =>
  text
    .split('\n')
    .map((line, i) => ({ text: line.replaceAll('\u00A0', ' '), number: i + 1 }))

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
  line.replace(/^\s*(?:[-*•–]\s+|[-*•–]$)/, '').trim()

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

function headingOf(text: string, headings: readonly string[]): string | undefined {
  const plain = text
    .replace(/^#+\s*/, '')
    .trim()
    .toLowerCase()
  const bare = plain.replace(/edit$/, '')
  return headings.find((heading) => heading === plain || heading === bare)
}
