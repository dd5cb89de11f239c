import { parse, TomlError } from 'smol-toml'
import { endpointRecordOf, isEndpointRule, readEndpointRecord } from './endpoint-facts'
import { mendToml } from './mend-toml'
import type { ReadRules, RuleProblem } from './read-rules'
import { isRecord, textOf, textsOf, type JsonRecord } from './record'
import type { Rule, RuleMetadata } from './rule'
import { readRuleRecord } from './rule-record'
import { wording } from './wording'

/**
 * Reads one rule in the detection-rules TOML schema (rules.md 1.1) or that of the endpoint
 * (1.4). Of a file with mistakes, what is not near them is kept.
 */
export function readTomlRule(text: string, source: Rule['source']): ReadRules {
  const { table, problems } = parseMended(text)
  if (!table) return { rules: [], problems }
  const { rule, exceptions } = table
  if (!isRecord(rule)) {
    const message = exceptions ? wording.exceptionList() : wording.noRuleTable()
    return { rules: [], problems: problems.length > 0 ? problems : [{ message }] }
  }
  const read = isEndpointRule(rule)
    ? readEndpointRule(table, rule, source)
    : readDetectionRule(table, rule, source)
  const isMute = read.language === 'eql' && read.query.trim() === ''
  const mute = isMute ? [{ message: wording.noQuery(read.name) }] : []
  return { rules: [read], problems: [...problems, ...mute] }
}

function readDetectionRule(table: JsonRecord, rule: JsonRecord, source: Rule['source']) {
  const { metadata, transform } = table
  return readRuleRecord(rule, {
    source,
    ...(isRecord(metadata) && { metadata: readMetadata(metadata) }),
    ...(isRecord(transform) && { transform }),
  })
}

function readEndpointRule(table: JsonRecord, rule: JsonRecord, source: Rule['source']) {
  const { name, description, license, query, reference, id, ...rest } = rule
  const record = {
    ...{ rule_id: id, name, description, license, query },
    ...{ references: reference, threat: table['threat'], type: 'eql', language: 'eql' },
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => !OF_ENDPOINT.has(key))),
  }
  const endpoint = readEndpointRecord(endpointRecordOf(table, rule))
  const format = source.format === 'toml' ? 'endpoint' : source.format
  return readRuleRecord(record, { endpoint, source: { ...source, format } })
}
const OF_ENDPOINT = new Set([
  ...['version', 'os_list', 'min_endpoint_version', 'max_endpoint_version', 'reputation'],
  ...['actions', 'optional_actions'],
])

/** `[metadata]` of a file; keys without a name of ours are kept as they are. */
function readMetadata(metadata: JsonRecord): RuleMetadata {
  const known = Object.entries(METADATA_KEYS).flatMap(([name, key]) => {
    const value = textOf(metadata[key])
    return value === undefined ? [] : [[name, value]]
  })
  const isRead = (key: string, value: unknown) =>
    key === 'integration' ||
    (typeof value === 'string' &&
      Object.values(METADATA_KEYS).some((each) => each === key))
  return {
    ...(Object.fromEntries(known) as Partial<Record<keyof typeof METADATA_KEYS, string>>),
    integration: textsOf(metadata['integration']),
    other: Object.fromEntries(
      Object.entries(metadata).filter(([key, value]) => !isRead(key, value)),
    ),
  }
}

export function writeMetadata(metadata: RuleMetadata): JsonRecord {
  const { integration, other } = metadata
  const names = Object.entries(METADATA_KEYS) as [keyof typeof METADATA_KEYS, string][]
  return {
    ...Object.fromEntries(names.map(([name, key]) => [key, metadata[name]])),
    ...(integration.length > 0 && { integration }),
    ...other,
  }
}

const METADATA_KEYS = {
  creationDate: 'creation_date',
  updatedDate: 'updated_date',
  deprecationDate: 'deprecation_date',
  maturity: 'maturity',
  minStackVersion: 'min_stack_version',
  minStackComments: 'min_stack_comments',
} as const

/** TOML as plain data, or where and why it is not TOML. */
export function parseToml(
  text: string,
): { readonly table: JsonRecord } | { readonly problem: RuleProblem } {
  try {
    return { table: parse(text, { unsafeKeyBehaviour: 'drop' }) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // Further lines of the library's message draw the place; `line` and `column` say it.
    const [reason = ''] = error.message.split('\n')
    const message = wording.badToml(reason.replace(/^Invalid TOML document: /, ''))
    return { problem: { message, line: error.line, column: error.column } }
  }
}

/** As many mistakes as this are mended; a file with more is no TOML. */
const MOST_MENDED = 20

function parseMended(text: string): {
  readonly table?: JsonRecord
  readonly problems: readonly RuleProblem[]
} {
  const problems: RuleProblem[] = []
  let rest = text
  while (problems.length < MOST_MENDED) {
    const parsed = parseToml(rest)
    if ('table' in parsed) return { table: parsed.table, problems }
    problems.push(parsed.problem)
    const mended = mendToml(rest, parsed.problem, (one) => 'table' in parseToml(one))
    if (mended === undefined) break
    rest = mended
  }
  return { problems: problems.slice(0, 1) }
}
