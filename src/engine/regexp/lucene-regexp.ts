import { badRegexp } from '../failure'
import { Automaton } from './automaton'
import { RegexpParser, RegexpSyntaxError } from './parse-regexp'
import { RegexpTooComplex, TermPool } from './term'

/**
 * A matcher for one of Lucene's regular expressions, which must cover the whole text.
 * `ignoreCase` folds ASCII letters only (language.md 3.8, 3.9).
 * @throws EvaluationFailure when the pattern is malformed or far too complex, the latter
 * perhaps only as it matches.
 */
export function compileLuceneRegexp(
  pattern: string,
  ignoreCase: boolean,
): (text: string) => boolean {
  const automaton = guard(pattern, () => {
    const pool = new TermPool()
    return new Automaton(pool, new RegexpParser(pattern, pool, ignoreCase).parse())
  })
  return (text) => guard(pattern, () => automaton.accepts(text))
}

function guard<T>(pattern: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RegexpSyntaxError) throw badRegexp(pattern, error.problem)
    // Nesting beyond what the stack holds is complexity too.
    if (error instanceof RegexpTooComplex || error instanceof RangeError)
      throw badRegexp(pattern, 'too-complex')
    throw error
  }
}
