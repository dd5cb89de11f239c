import type { RuleTest, TestOutcome } from '../../rules/test-case'
import { sayMatches, sayNearMisses } from '../result/wording'

/** What a test asks for and what came, in a few words. */

/** So many ids are named; of more only the number is said. */
const NAMED = 4

export const sayExpected = (test: RuleTest): string => {
  if (test.expect === 'error') return test.error ? `an error: ${test.error}` : 'an error'
  const misses = listed(
    test.nearMisses.map(({ culprit, cause }) => `${culprit}, ${cause}`),
    sayNearMisses,
  )
  if (test.expect === 'none') return ['no match', ...misses].join(' and ')
  const matches = listed((test.matches ?? []).map(printMatch), sayMatches)
  const [most = 'a match', ...rest] = [...matches, ...misses]
  return [test.atLeast ? `at least ${most}` : most, ...rest].join(' and ')
}

export const sayFound = ({ matches, nearMisses, error }: TestOutcome): string => {
  if (error) return `an error: ${error}`
  const [what = 'no match'] = listed(matches.map(printMatch), sayMatches)
  return nearMisses.length > 0 ? `${what} and ${sayNearMisses(nearMisses.length)}` : what
}

const printMatch = (ids: readonly string[]): string => ids.join(' → ')

const listed = (names: readonly string[], count: (n: number) => string): string[] => {
  if (names.length === 0) return []
  const words = count(names.length)
  return [names.length > NAMED ? words : `${words} (${names.join('; ')})`]
}
