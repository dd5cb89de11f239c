/*
 * Events as lines of JSON with one level, as the engine prints them: what is taken out is
 * taken out of the text, so that numbers stay as they are. Within strings quotes are
 * escaped, so a member's name is found nowhere else.
 */

/** The text of a member of an event, or undefined. */
export const textOfMember = (line: string, name: string): string | undefined => {
  const found = memberOf(name).exec(line)?.[1]
  return found === undefined ? undefined : (JSON.parse(found) as string)
}

/** The event without one of its members, if that is a text. */
export const withoutMember = (line: string, name: string): string =>
  line.replace(memberOf(name), '').replace(/,\}$/, '}')

const memberOf = (name: string): RegExp =>
  new RegExp(`"${name}":("(?:[^"\\\\]|\\\\.)*")(?:,|(?=\\}))`)
