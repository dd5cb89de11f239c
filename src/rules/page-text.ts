import { readExplorerPage } from './page-explorer'
import { readPageFacts } from './page-facts'
import { readNumberedPage } from './page-numbered'
import {
  joinLines,
  linesOfPage,
  plainPage,
  readLabel,
  splitSections,
  withoutBullet,
  withoutEdit,
  type PageLine,
  type PageSection,
} from './page-lines'
import { findQuery, objectionTo, remarksOnOneLine, type FoundQuery } from './page-query'
import { readPageHistory, readPageThreat } from './page-threat'
import type { ReadRules } from './read-rules'
import type { JsonRecord } from './record'
import type { PageLayout, Rule } from './rule'
import { readRuleRecord } from './rule-record'
import { writeThreats } from './threat'
import { wording } from './wording'

/**
 * Reads the rule on a documentation page, from the page's text as it is copied or saved
 * (rules.md 1.6). `text` has plain newlines, `source` is the text as it came. A page that
 * was cut off gives what it holds, and a sentence about what is missing.
 */
export function readPage(text: string, layout: PageLayout, source: string): ReadRules {
  const origin: Rule['source'] = { format: 'page', layout, text: source }
  if (layout === 'numbered') return readNumberedPage(text, origin)
  const plain = plainPage(text)
  if (layout === 'explorer') return readExplorerPage(plain, origin)
  return readLabelledPage(linesOfPage(plain), layout, origin)
}

const HEADINGS = [
  ...['investigation guide', 'setup', 'rule query', 'potential false positives'],
  ...['false positives', 'threat mapping', 'rule version history'],
]
const END_OF_QUERY = ['framework', 'tactic']

function readLabelledPage(
  lines: readonly PageLine[],
  layout: PageLayout,
  source: Rule['source'],
): ReadRules {
  const start = lines.findIndex(({ text }) => readLabel(text, ['rule type']))
  const { facts, provenance, rest } = readPageFacts(lines.slice(start))
  const sections = splitSections(rest, HEADINGS, layout)
  const found = findPageQuery(sections, facts['type'] === 'eql', lines.length)
  const threat = threatLines(sections)
  const history = readPageHistory(linesUnder(sections, 'rule version history'))
  const remarks = layout === 'older' ? remarksOnOneLine(found.query) : []
  const record: JsonRecord = {
    ...readHead(lines.slice(0, start), layout),
    ...facts,
    ...readTexts(sections, new Set([...found.lines, ...threat])),
    threat: writeThreats(readPageThreat(threat)),
    query: found.query,
  }
  const problems = found.problem ? [found.problem] : []
  const isCut = threat.length === 0 && problems.length === 0
  return {
    rules: [readRuleRecord(record, { source, provenance, history, remarks })],
    problems: isCut ? [{ message: wording.pageCut(), line: lines.length }] : problems,
  }
}

/** Title and description: what stands before the first label. */
function readHead(lines: readonly PageLine[], layout: PageLayout): JsonRecord {
  const told = lines.filter(({ text }) => text.trim() !== '')
  const glue =
    layout === 'older' ? told.findLastIndex(({ text }) => isGlued(text, told)) : -1
  if (glue >= 0) {
    const line = told[glue]!.text
    const isTitle = line.length > 'edit'.length && line.endsWith('edit')
    const name = isTitle ? line.slice(0, -'edit'.length) : (told[glue - 1]?.text ?? '')
    const first = isTitle ? '' : withoutEdit(line)
    const description = [first, ...told.slice(glue + 1).map(({ text }) => text)]
    return { name: bareTitle(name), description: description.join('\n').trim() }
  }
  const [title, ...rest] = told.filter(({ text }) => !CHROME.test(text.trim()))
  return {
    name: bareTitle(title?.text ?? ''),
    description: rest.map(({ text }) => text.trim()).join('\n'),
  }
}

/** Banners and badges around a page's title. */
const CHROME =
  /^(?:IMPORTANT:.*|Loading|(?:Elastic |Serverless |Stack ?|Security ?|Docs ?)+|will be released for this version\..*|current release documentation\.)$/

const bareTitle = (text: string): string =>
  text
    .replace(/^#+\s*/, '')
    .replace(/^edit(?=[A-Z])/, '')
    .trim()

/** `edit` before the description, or behind a title that is there without it too. */
function isGlued(text: string, lines: readonly PageLine[]): boolean {
  if (/^edit(?:$|[^a-z\s])/.test(text)) return true
  const bare = text.replace(/edit$/, '')
  return bare !== text && lines.some((line) => line.text === bare)
}

const linesUnder = (sections: readonly PageSection[], ...headings: readonly string[]) =>
  sections
    .filter(({ heading }) => headings.includes(heading))
    .flatMap(({ lines }) => lines)

const isEndOfQuery = ({ text }: PageLine): boolean =>
  readLabel(withoutBullet(text), END_OF_QUERY) !== undefined

const upToEnd = (lines: readonly PageLine[]): readonly PageLine[] => {
  const end = lines.findIndex(isEndOfQuery)
  const kept = end < 0 ? lines : lines.slice(0, end)
  const last = kept.findLastIndex(({ text }) => withoutBullet(text) !== '')
  // Where a page is copied as Markdown, its code has fences.
  return kept.slice(0, last + 1).filter(({ text }) => !/^\s*```/.test(text))
}

/** Below its heading, if there is one, else at the end of everything before the mapping. */
function findPageQuery(
  sections: readonly PageSection[],
  isEql: boolean,
  lastLine: number,
): FoundQuery {
  const headed = upToEnd(linesUnder(sections, 'rule query'))
  if (headed.length > 0) {
    const query = joinLines(headed)
    const problem = isEql ? objectionTo(query, headed[0]!.number) : undefined
    return { query, lines: headed, ...(problem && { problem }) }
  }
  if (!isEql) return { query: '', lines: [] }
  const open = upToEnd(linesUnder(sections, '', 'investigation guide', 'setup'))
  const found = findQuery(open)
  if (found) return found
  const line = open.at(-1)?.number ?? lastLine
  const problem = { message: wording.pageWithoutQuery(), line }
  return { query: '', lines: [], problem }
}

/** The mapping is below its heading, or begins with its first label. */
function threatLines(sections: readonly PageSection[]): readonly PageLine[] {
  const lines = sections
    .filter(({ heading }) => heading !== 'rule version history')
    .flatMap((section) => section.lines)
  const start = lines.findIndex(isEndOfQuery)
  return start < 0 ? [] : lines.slice(start)
}

/** Guide, setup and false positives: what is neither query nor mapping. */
function readTexts(
  sections: readonly PageSection[],
  taken: ReadonlySet<PageLine>,
): JsonRecord {
  const under = (...headings: readonly string[]) =>
    linesUnder(sections, ...headings).filter((line) => !taken.has(line))
  const loose = under('')
  const isSetup = loose.findIndex(({ text }) => text.trim() === 'Setup')
  const cut = isSetup < 0 ? loose.length : isSetup
  const note = joinLines(under('investigation guide')) || joinLines(loose.slice(0, cut))
  const setup = joinLines(under('setup')) || joinLines(loose.slice(cut + 1))
  const positives = under('potential false positives', 'false positives')
  return {
    ...(note && { note }),
    ...(setup && { setup }),
    false_positives: positives.map(({ text }) => withoutBullet(text)).filter(Boolean),
  }
}
