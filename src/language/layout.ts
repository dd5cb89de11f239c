/**
 * A text whose line ends are still open, after Wadler's prettier printer: a group goes on
 * one line if it fits, else all its own lines are broken.
 */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: 'line'; readonly flat: '' | ' ' }
  | { readonly kind: 'indent'; readonly content: Layout }
  | { readonly kind: 'group'; readonly content: Layout; readonly lineEnd: LineEnd }
  | { readonly kind: 'comment'; readonly text: string; readonly place: CommentPlace }

/** *inline*: text may follow; *after*: ends its line; *own*: has a line to itself. */
export type CommentPlace = 'inline' | 'after' | 'own'

/** A blank, or the end of a line. */
export const line: Layout = { kind: 'line', flat: ' ' }

/** Nothing, or the end of a line. */
export const softLine: Layout = { kind: 'line', flat: '' }

/** What begins a line inside stands two columns further to the right. */
export const indent = (content: Layout): Layout => ({ kind: 'indent', content })

/**
 * What is broken as a whole or not at all. A comment that ends its line breaks it, unless
 * nothing comes after.
 */
export const group = (content: Layout): Layout => ({
  kind: 'group',
  content,
  lineEnd: findLineEnd(content),
})

/** Whether a comment ends a line in the midst of something, or at most at its end. */
type LineEnd = 'inside' | 'last' | 'none'

function findLineEnd(layout: Layout): LineEnd {
  if (typeof layout === 'string') return 'none'
  if ('length' in layout) return findLineEndIn(layout)
  switch (layout.kind) {
    case 'line':
      return 'none'
    case 'indent':
      return findLineEnd(layout.content)
    case 'group':
      return layout.lineEnd
    case 'comment':
      if (layout.text.includes('\n')) return 'inside'
      return layout.place === 'inline' ? 'none' : 'last'
  }
}

function findLineEndIn(parts: readonly Layout[]): LineEnd {
  let found: LineEnd = 'none'
  for (const part of parts) {
    if (found === 'last' && !isEmpty(part)) return 'inside'
    if (found === 'none') found = findLineEnd(part)
    if (found === 'inside') return found
  }
  return found
}

const isEmpty = (layout: Layout): boolean =>
  layout === '' ||
  (typeof layout === 'object' && 'length' in layout && layout.every(isEmpty))

interface Piece {
  readonly layout: Layout
  readonly column: number
  readonly isFlat: boolean
}

/** Prints a layout on lines of so many columns, where it can; outside groups, lines break. */
export function printLayout(layout: Layout, columns: number): string {
  const page: Page = { lines: [], line: '', mustBreak: '', needsBlank: false }
  const pieces: Piece[] = [{ layout, column: 0, isFlat: false }]
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
    const { layout, column } = piece
    if (typeof layout === 'string') write(page, layout, column)
    else if ('length' in layout) pieces.push(...partsOf(piece, layout))
    else if (layout.kind === 'comment') writeComment(page, layout, column)
    else if (layout.kind === 'line') {
      if (piece.isFlat) write(page, layout.flat, column)
      else breakLine(page, column)
    } else if (layout.kind === 'indent')
      pieces.push({ ...piece, layout: layout.content, column: column + 2 })
    else {
      const flat = { ...piece, layout: layout.content, isFlat: true }
      const room = columns - page.line.length
      const isFlat =
        layout.lineEnd !== 'inside' && (piece.isFlat || fits(flat, pieces, room))
      pieces.push({ ...flat, isFlat })
    }
  }
  return [...page.lines, page.line].join('\n')
}

/** Last first, as they go on a stack. */
const partsOf = (piece: Piece, parts: readonly Layout[]): readonly Piece[] =>
  parts.map((layout) => ({ ...piece, layout })).reverse()

/** Whether a piece has room, and what follows it up to a line end or a `//`. */
function fits(first: Piece, following: readonly Piece[], room: number): boolean {
  const pieces = [first]
  let next = following.length
  for (let left = room; left >= 0;) {
    const piece = pieces.pop() ?? following[--next]
    if (!piece) return true
    const { layout } = piece
    if (typeof layout === 'string') left -= layout.length
    else if ('length' in layout) pieces.push(...partsOf(piece, layout))
    else if (layout.kind === 'comment') {
      if (layout.text.endsWith('*/')) left -= layout.text.length + 1
      if (layout.place !== 'inline') return left >= 0
    } else if (layout.kind === 'line') {
      if (!piece.isFlat) return true
      left -= layout.flat.length
    } else {
      const isFlat =
        piece.isFlat && !(layout.kind === 'group' && layout.lineEnd === 'inside')
      pieces.push({ ...piece, layout: layout.content, isFlat })
    }
  }
  return false
}

interface Page {
  readonly lines: string[]
  /** The last one, still open. */
  line: string
  /** After a comment that ends its line; the rest of such a line hangs. */
  mustBreak: '' | 'plain' | 'hanging'
  /** After a comment that does not. */
  needsBlank: boolean
}

function breakLine(page: Page, column: number): void {
  page.lines.push(page.line.trimEnd())
  page.line = ' '.repeat(column)
  page.mustBreak = ''
  page.needsBlank = false
}

function write(page: Page, text: string, column: number): void {
  if (page.mustBreak) {
    if (text.trim() === '') return
    const isHanging = page.mustBreak === 'hanging' && !/^[)\]]/.test(text)
    breakLine(page, isHanging ? column + 2 : column)
  }
  if (page.needsBlank && text && !/^[ ,)\]]/.test(text)) page.line += ' '
  if (text) page.needsBlank = false
  page.line += text
}

function writeComment(
  page: Page,
  { text, place }: { text: string; place: CommentPlace },
  column: number,
): void {
  if (page.mustBreak || (place === 'own' && page.line.trim())) breakLine(page, column)
  const isGlued = text.startsWith('/*') && /[([]$/.test(page.line)
  const [first = '', ...more] = text.split('\n')
  page.line += (isGlued || /(^| )$/.test(page.line) ? '' : ' ') + first
  for (const line of more) {
    page.lines.push(page.line)
    page.line = line
  }
  page.mustBreak = place === 'inline' ? '' : place === 'after' ? 'hanging' : 'plain'
  page.needsBlank = place === 'inline'
}
