import type { Phrase } from './in-words-phrase'

/** Lists in sentences, and how much of them is said. */

/** More than so many are cut to one less, with the count of the rest. */
export const MOST = 4

export interface Told extends Pick<Phrase, 'text' | 'list'> {
  readonly text: string
}

/** `a, b or c`; of many `a, b, c or 12 more`, all of them in `list`. */
export function tellList(items: readonly string[], word: 'or' | 'and'): Told {
  if (items.length <= MOST) return { text: joinWords(items, word) }
  const shown = items.slice(0, MOST - 1)
  const rest = `${(items.length - shown.length).toLocaleString('en')} more`
  return { text: joinWords([...shown, rest], word), list: items }
}

export const joinWords = (items: readonly string[], word: 'or' | 'and'): string =>
  items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`

const LONGEST = 80

/** A text of the query in quotes, as the value it stands for. */
export function quote(text: string): string {
  if (text === '') return 'the empty text'
  const points = [...text]
  const shown =
    points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : text
  return `“${shown.replace(/\p{Cc}/gu, printControl)}”`
}

const printControl = (sign: string): string =>
  ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign] ??
  `\\u{${sign.charCodeAt(0).toString(16).padStart(2, '0')}}`
