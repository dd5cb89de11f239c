import { int, type ScriptValue } from '../java-number'
import { javaText } from '../java-text'
import { optionalAt, textAt, type EqlFunction } from './function'

/** Functions over texts (language.md 4.2 to 4.4). Positions are UTF-16 units. */
export const stringFunctions: Readonly<Record<string, EqlFunction>> = {
  startsWith: {
    run: (args, fold) => {
      const [text, prefix] = twoTexts('startsWith', args, fold)
      return text.startsWith(prefix)
    },
  },
  endsWith: {
    run: (args, fold) => {
      const [text, suffix] = twoTexts('endsWith', args, fold)
      return text.endsWith(suffix)
    },
  },
  stringContains: {
    run: (args, fold) => {
      const [text, part] = twoTexts('stringContains', args, fold)
      return part !== '' && text.includes(part)
    },
  },
  length: { run: (args) => int(textAt('length', args, 0).length) },
  indexOf: {
    mayBeNull: [2],
    run: (args, fold) => {
      const [text, part] = twoTexts('indexOf', args, fold)
      const found = text.indexOf(part, optionalAt('indexOf', args, 2) ?? 0)
      return found < 0 ? null : int(found)
    },
  },
  substring: {
    mayBeNull: [1, 2],
    run: (args) =>
      textAt('substring', args, 0).slice(
        optionalAt('substring', args, 1) ?? 0,
        optionalAt('substring', args, 2),
      ),
  },
  between: {
    run: (args, fold) =>
      textBetween(
        textAt('between', args, 0),
        textAt('between', args, 1),
        textAt('between', args, 2),
        args[3] === true,
        fold,
      ),
  },
  concat: { run: (args) => args.map(printed).join('') },
  string: { run: (args) => printed(args[0] ?? null) },
}

const printed = (value: ScriptValue): string => (value === null ? '' : javaText(value))

const twoTexts = (
  name: string,
  args: readonly ScriptValue[],
  fold: (text: string) => string,
): [string, string] => [fold(textAt(name, args, 0)), fold(textAt(name, args, 1))]

/**
 * The text from the first `left` to the next `right`, or to the last one if greedy; the
 * whole text when either is empty, nothing when either is not found (language.md 4.3).
 */
function textBetween(
  text: string,
  left: string,
  right: string,
  isGreedy: boolean,
  fold: (text: string) => string,
): string {
  if (text === '' || left === '' || right === '') return text
  const folded = fold(text)
  const start = folded.indexOf(fold(left))
  if (start < 0) return ''
  const from = start + left.length
  const to = isGreedy
    ? folded.lastIndexOf(fold(right))
    : folded.indexOf(fold(right), from)
  return to < from ? '' : text.slice(from, to)
}
