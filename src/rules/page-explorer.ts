import { parseQuery } from '../language/parse'
import { joinLines, linesOfPage, withoutBullet, type PageLine } from './page-lines'
import { objectionTo } from './page-query'
import { readNamedThreat } from './page-threat'
import type { ReadRules } from './read-rules'
import type { JsonRecord } from './record'
import type { Rule } from './rule'
import { readRuleRecord } from './rule-record'
import { writeThreats } from './threat'
import { wording } from './wording'

const LABELS = [
  ...['tags', 'severity', 'risk score', 'references', 'mitre att&ck'],
  ...['false positive examples', 'license', 'definition', 'rule type'],
  ...['integration pack', 'index patterns', 'related integrations', 'query'],
]
const CODE = /^(?:Query text )?code block:?\s*$/i
const BELOW =
  /^(?:Install detection rules in Elastic Security|Detect .* in the Elastic Security )/

/**
 * Reads a page of the rules explorer: "About" with its rows, "Definition" with its rows,
 * then the query. Badges come one a line or glued together.
 */
export function readExplorerPage(text: string, source: Rule['source']): ReadRules {
  const lines = linesOfPage(text)
  const about = lines.findIndex(({ text: line }) => /^#*\s*About\s*$/i.test(line))
  const { rows, description, query: codeLines } = readRows(lines.slice(about + 1))
  const query = cutToQuery(codeLines)
  const { type, language } = typeOf(rows.get('rule type')?.[0] ?? '')
  const list = (label: string) => rows.get(label) ?? []
  const risk = /\d+/.exec(list('risk score')[0] ?? '')?.[0]
  const record: JsonRecord = {
    name: titleOf(lines.slice(0, about)),
    description: joinLines(description),
    ...(type && { type }),
    ...(language && { language }),
    severity: list('severity')[0]?.toLowerCase(),
    ...(risk !== undefined && { risk_score: Number(risk) }),
    tags: list('tags').flatMap(splitTags),
    index: list('index patterns').flatMap(splitPatterns),
    references: list('references').flatMap((item) =>
      item.split(/(?<=\S)(?=https?:\/\/)/),
    ),
    false_positives: list('false positive examples'),
    license: list('license')[0],
    threat: writeThreats(readNamedThreat(list('mitre att&ck').flatMap(splitIds))),
    query,
  }
  const metadata = {
    ...datesOf(lines.slice(0, about)),
    integration: list('related integrations').flatMap((item) => item.split(/,\s*/)),
    other: {},
  }
  const first = codeLines[0]
  const problem =
    query === ''
      ? { message: wording.pageWithoutQuery(), line: lines.length }
      : type === 'eql' && first && objectionTo(query, first.number)
  return {
    rules: [readRuleRecord(record, { source, metadata })],
    problems: problem ? [problem] : [],
  }
}

interface Rows {
  readonly rows: ReadonlyMap<string, readonly string[]>
  readonly description: readonly PageLine[]
  readonly query: readonly PageLine[]
}

function readRows(lines: readonly PageLine[]): Rows {
  const rows = new Map<string, string[]>()
  const description: PageLine[] = []
  const code = lines.findIndex(({ text }) => CODE.test(text.trim()))
  const last = lines.findLastIndex(({ text }) => /^#*\s*Query:?\s*$/i.test(text))
  const end = code >= 0 ? code : last
  let open: string[] | undefined
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    const { label, value } = readRow(line.text)
    if (label !== undefined) {
      open = value ? [value] : []
      rows.set(label, open)
    } else if (!open) description.push(line)
    else if (line.text.trim() !== '') open.push(withoutBullet(line.text))
  }
  return { rows, description, query: end < 0 ? [] : lines.slice(end + 1) }
}

/** A label alone, or with its value behind a tab or a colon. */
function readRow(text: string): { readonly label?: string; readonly value?: string } {
  const [label = '', ...values] = text
    .replace(/^#+\s*/, '')
    .trim()
    .split(/\t+|:\s+/)
  const name = label.replace(/[™®]?:?$/, '').toLowerCase()
  if (!LABELS.includes(name) || !/^[A-Z]/.test(label)) return {}
  return { label: name, value: values.join(' ').trim() }
}

/** What the page says below the code is no part of the query. */
function cutToQuery(lines: readonly PageLine[]): string {
  const below = lines.findIndex(({ text }) => BELOW.test(text))
  const kept = below < 0 ? lines : lines.slice(0, below)
  const whole = joinLines(kept)
  for (let end = kept.length; end > Math.max(0, kept.length - 10); end--) {
    const query = joinLines(kept.slice(0, end))
    if (parseQuery(query).query) return query
  }
  return whole
}

function titleOf(lines: readonly PageLine[]): string {
  const told = lines.map(({ text }) => text.trim()).filter((text) => text !== '')
  const dated = told.findIndex((text) => /^(?:Last updated|Created) /.test(text))
  return (dated > 0 ? told[dated - 1] : told.at(-1)) ?? ''
}

function datesOf(lines: readonly PageLine[]) {
  const date = (start: string) => {
    const line = lines.find(({ text }) => text.trim().startsWith(start))
    return /on (\d{4})-(\d{2})-(\d{2})/
      .exec(line?.text ?? '')
      ?.slice(1)
      .join('/')
  }
  const creationDate = date('Created')
  const updatedDate = date('Last updated')
  return { ...(creationDate && { creationDate }), ...(updatedDate && { updatedDate }) }
}

function typeOf(text: string): { readonly type?: string; readonly language?: string } {
  if (/^event correlation/i.test(text)) return { type: 'eql', language: 'eql' }
  if (/ES\|QL/i.test(text)) return { type: 'esql', language: 'esql' }
  if (/^query/i.test(text)) return { type: 'query', language: 'kuery' }
  const words = text
    .toLowerCase()
    .replace(/ rule$/, '')
    .replaceAll(' ', '_')
  return words ? { type: words } : {}
}

/** Tags begin with their category; those of old rules are one word each. */
const splitTags = (text: string): readonly string[] =>
  text
    .split(
      /(?<=\S)(?=(?:Domain|OS|Use Case|Tactic|Data Source|Resources|Rule Type|Threat|Mitre Atlas|Language|Platform): )/,
    )
    .map((tag) => tag.trim())

const splitPatterns = (text: string): readonly string[] =>
  text.split(/(?<=\*)(?=[a-z])|[\s,]+/).filter(Boolean)

const splitIds = (text: string): readonly string[] => text.split(/(?<=\(T[A-Z]?[\d.]+\))/)
