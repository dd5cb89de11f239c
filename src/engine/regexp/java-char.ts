import type { CharTest } from './java-node'

/**
 * The test of one character: a letter, an escape, a class or a dot, as written. That much
 * JavaScript is asked, which cannot take long over it. Without case, only ASCII has two;
 * of spaces and line ends Java knows others.
 */
export function compileCharTest(source: string, flags: string): CharTest {
  const isUnicode = flags.includes('u')
  const java = inJava(source, flags.includes('s'))
  const test = new RegExp(`^${java}$`, isUnicode ? 'us' : 's')
  const isNegated = java.startsWith('[^')
  const passes = (char: string): boolean => {
    const other = flags.includes('i') ? otherCase(char) : char
    if (other === char) return test.test(char)
    return isNegated
      ? test.test(char) && test.test(other)
      : test.test(char) || test.test(other)
  }
  const low = Array.from({ length: 128 }, (_, unit) => passes(String.fromCharCode(unit)))
  return (char) => low[char.charCodeAt(0)] ?? passes(char)
}

const spaces = ' \\t\\n\\v\\f\\r'

/** What is space to JavaScript and not to Java. */
const noSpaces = '\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'

const inClass: ReadonlyMap<string, string> = new Map([
  ['\\s', spaces],
  ['\\S', `\\S${noSpaces}`],
])

function inJava(source: string, isDotAll: boolean): string {
  if (source === '.') return isDotAll ? '[^]' : '[^\\n\\r\\u0085\\u2028\\u2029]'
  if (source === '\\s') return `[${spaces}]`
  if (source === '\\S') return `[^${spaces}]`
  if (!source.startsWith('[')) return source
  return source.replace(/\\[^]/g, (escape) => inClass.get(escape) ?? escape)
}

const otherCase = (char: string): string =>
  /[a-z]/.test(char) ? char.toUpperCase() : /[A-Z]/.test(char) ? char.toLowerCase() : char
