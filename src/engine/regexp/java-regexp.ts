import { badRegexp } from '../failure'

/**
 * A matcher for a regular expression on a function result, where Java's `Pattern.matches`
 * decides (language.md 3.9): `^ $ \d`, look-around and a leading `(?i)` work. It must
 * cover the whole text; `.` stops at line ends.
 * @throws EvaluationFailure when the pattern is malformed.
 */
export function compileJavaRegexp(
  pattern: string,
  ignoreCase: boolean,
): (text: string) => boolean {
  const [, inline = '', body = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? []
  const flags = new Set(Array.from(ignoreCase ? `i${inline}` : inline))
  const regexp =
    readRegexp(body, [...flags, 'u'].join('')) ?? readRegexp(body, [...flags].join(''))
  if (!regexp) throw badRegexp(pattern, 'not-understood')
  return (text) => regexp.test(text)
}

/** With `u` a needless escape is an error, without it code points are halved: so both. */
function readRegexp(body: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${body})$`, flags)
  } catch {
    return undefined
  }
}
