import { compileWildcard, isWildcard } from './wildcard'

export type TextTest = (text: string) => boolean

/**
 * A matcher for many wildcard patterns, one of which must match. Texts are looked up, and
 * of the patterns only those are tried that end, or begin, with the same character:
 *
 *     ends with    'e': "*.exe", "?:\*\a.exe"     'l': "*.dll"
 *     begins with  '/': "/tmp/*"
 *     any          "*temp*"
 */
export function compileWildcards(patterns: readonly string[]): TextTest {
  const texts = new Set(patterns.filter((pattern) => !isWildcard(pattern)))
  const matches = compileStarred(patterns.filter(isWildcard))
  return texts.size === 0 ? matches : (text) => texts.has(text) || matches(text)
}

/** Fewer patterns than this are tried as quickly as they are told apart. */
const MANY = 4

function compileStarred(patterns: readonly string[]): TextTest {
  if (patterns.length < MANY) return someTest(patterns.map(compileWildcard))
  const byLast = new Map<number, TextTest[]>()
  const byFirst = new Map<number, TextTest[]>()
  const others: TextTest[] = []
  for (const pattern of patterns) {
    const [first, last] = [pattern[0]!, pattern.at(-1)!]
    const matches = compileWildcard(pattern)
    if (!isWildcard(last)) listed(byLast, last.charCodeAt(0)).push(matches)
    else if (!isWildcard(first)) listed(byFirst, first.charCodeAt(0)).push(matches)
    else others.push(matches)
  }
  return (text) =>
    passesSome(byLast.get(text.charCodeAt(text.length - 1)), text) ||
    passesSome(byFirst.get(text.charCodeAt(0)), text) ||
    passesSome(others, text)
}

function listed(lists: Map<number, TextTest[]>, key: number): TextTest[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function passesSome(tests: readonly TextTest[] | undefined, text: string): boolean {
  if (tests) for (const test of tests) if (test(text)) return true
  return false
}

/** Passes what one of the tests passes. */
export function someTest<T>(
  tests: readonly ((value: T) => boolean)[],
): (value: T) => boolean {
  const [only, other] = tests
  if (only && tests.length === 1) return only
  if (only && other && tests.length === 2) return (value) => only(value) || other(value)
  return (value) => {
    for (const test of tests) if (test(value)) return true
    return false
  }
}
