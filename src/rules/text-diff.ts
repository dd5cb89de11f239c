import { diffLines, diffWordsWithSpace, type Change } from 'diff'

/** A part of a line: whether only this side has it. */
export interface LinePart {
  readonly text: string
  readonly isChanged: boolean
}

/** One line of a difference; numbers are 1-based, absent on the side that lacks the line. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly oldLine?: number
  readonly newLine?: number
  /** The line; of one that only changed, the parts that did are marked. */
  readonly parts: readonly LinePart[]
}

/** Texts with more lines to take away and to add than this have nothing in common. */
const MOST_LINES = 1000
/** The same of words and blanks in a line: such as a whole guide. */
const MOST_WORDS = 300

/**
 * The difference of two texts, line by line, removed lines before added ones. Lines that
 * stand for each other show which of their words changed, unless most of them did.
 */
export function diffTexts(before: string, after: string): readonly DiffLine[] {
  const changes = findChanges(normal(before), normal(after))
  const lines: DiffLine[] = []
  const at = { old: 1, new: 1 }
  for (const [i, change] of changes.entries()) {
    const texts = change.value.replace(/\n$/, '').split('\n')
    const next = changes[i + 1]
    const previous = changes[i - 1]
    const twins =
      change.removed && next?.added
        ? next
        : change.added && previous?.removed
          ? previous
          : undefined
    const others = twins?.value.replace(/\n$/, '').split('\n') ?? []
    for (const [j, text] of texts.entries()) {
      const parts = markWords(
        text,
        others.length === texts.length ? others[j] : undefined,
      )
      lines.push(numbered(kindOf(change), parts, at))
    }
  }
  return lines
}

type Part = Pick<Change, 'value' | 'added' | 'removed'>

const findChanges = (before: string, after: string): readonly Part[] =>
  diffLines(before, after, { maxEditLength: MOST_LINES }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]

const normal = (text: string) => text.replaceAll('\r\n', '\n').replace(/\n?$/, '\n')

const kindOf = ({ added, removed }: { added: boolean; removed: boolean }) =>
  added ? 'added' : removed ? 'removed' : 'same'

function numbered(
  kind: DiffLine['kind'],
  parts: readonly LinePart[],
  at: { old: number; new: number },
): DiffLine {
  return {
    kind,
    parts,
    ...(kind !== 'added' && { oldLine: at.old++ }),
    ...(kind !== 'removed' && { newLine: at.new++ }),
  }
}

function markWords(text: string, other: string | undefined): readonly LinePart[] {
  if (other === undefined) return [{ text, isChanged: false }]
  const changes = diffWordsWithSpace(other, text, { maxEditLength: MOST_WORDS })
  return (changes ?? [{ value: text, added: false, removed: false }])
    .filter(({ removed }) => !removed)
    .map(({ value, added }) => ({ text: value, isChanged: added }))
}
