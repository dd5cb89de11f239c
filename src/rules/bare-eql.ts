import type { Rule } from './rule'
import { readRuleRecord } from './rule-record'

/**
 * Whether a text begins as an EQL query does, after its comments. Looks at the first
 * words only, so it may be given the head of a file.
 */
export function looksLikeEql(head: string): boolean {
  return QUERY_START.test(withoutLeadingComments(head))
}

/**
 * Reads a bare query (rules.md 1.5). Its name is a `// title:` among the comments in
 * front, else the file's name; the comments stay part of the query.
 */
export function readBareEql(
  text: string,
  fileName: string | undefined,
  source: string,
): Rule {
  const header = text.slice(0, text.length - withoutLeadingComments(text).length)
  const fromFile = fileName?.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')
  const name = headerLine(header, 'title') ?? textOf(fromFile) ?? 'Query'
  return readRuleRecord(
    {
      name,
      query: text,
      description: headerLine(header, 'why') ?? headerLine(header, 'description'),
      tags: headerLine(header, 'tags')?.split(/\s*,\s*/),
    },
    { source: { format: 'eql', text: source } },
  )
}

const QUERY_START =
  /^(?:(?:sequence|sample|join)\s*(?:by\b|with\b|\[|!\[)|(?:[A-Za-z_]\w*|"[^"\n]*")\s+where\b)/

function withoutLeadingComments(text: string): string {
  let rest = text.trimStart()
  for (;;) {
    if (rest.startsWith('//')) rest = rest.replace(/^[^\n]*/, '').trimStart()
    else if (rest.startsWith('/*'))
      rest = rest.slice(blockCommentLength(rest)).trimStart()
    else return rest
  }
}

/** Block comments nest (language.md 1.1); one without an end takes the whole text. */
function blockCommentLength(text: string): number {
  let depth = 0
  for (const mark of text.matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.index + 2
  }
  return text.length
}

function headerLine(header: string, key: string): string | undefined {
  const line = new RegExp(`^\\s*(?://|/?\\*+)\\s*${key}\\s*:(.*)$`, 'im').exec(header)
  return textOf(line?.[1]?.replace(/\*\/\s*$/, '').trim())
}

const textOf = (text: string | undefined) => (text === '' ? undefined : text)
