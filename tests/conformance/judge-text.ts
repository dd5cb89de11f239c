import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foldConstant } from '../../src/engine/fold'
import { readMapping, type MappingResult } from '../../src/events/mapping'
import type { Schema } from '../../src/events/schema'
import { mappingSchema } from '../../src/events/schema-mapping'
import { checkExpression, checkQuery } from '../../src/language/check'
import type { Diagnostic } from '../../src/language/diagnostics'
import { printElasticError } from '../../src/language/elastic-error'
import { parseExpression, parseQuery } from '../../src/language/parse'
import { checkRequest } from '../../src/headless/request-check'
import type { Case, Verdict } from './suite'

const nothing = { columnNames: () => [], column: () => undefined }
const fields = { categoryField: 'event.category', timestampField: '@timestamp' }

const schemaOf = (mapping: MappingResult): Schema => {
  if (!mapping.ok) throw new Error(mapping.problem)
  return mappingSchema(mapping.mapping, nothing)
}

/** The grammar alone: accepted or refused. */
export function judgeParse({ query = '', expect }: Case): Verdict {
  // `join` is read, and refused only when the query is checked.
  const refused = parseQuery(query).diagnostics.find(
    (problem) => isError(problem) && problem.elastic?.type !== 'verification_exception',
  )
  if (expect === 'parses') return refused && `refused: ${refused.message}`
  return expect === 'error' && !refused ? 'accepted' : undefined
}

/** A constant expression and its value, or that it is refused. */
export function judgeExpression(item: Case): Verdict {
  // Upstream folded both sides for a switch that is gone; folding the text is the same.
  const text = item.case_insensitive ? item.expression?.toLowerCase() : item.expression
  const { expression, diagnostics } = parseExpression(text ?? '')
  const problems = [
    ...diagnostics,
    ...(expression ? checkExpression(expression, schemaOf(noFields)) : []),
  ].filter(isError)
  if (item.expect_error) return problems.length ? undefined : 'accepted'
  if (!expression || problems[0]) return `refused: ${problems[0]?.message ?? text ?? ''}`
  const folded = foldConstant(expression)
  if (!folded.ok) return folded.failure.reason
  const same = Object.is(plain(folded.value), plain(item.expected ?? null))
  return same ? undefined : `wanted ${String(item.expected)}, got ${String(folded.value)}`
}

const plain = (value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

const noFields = readMapping('{"properties":{}}')

/** A query that must be accepted, or refused with this type and text. */
export function judgeError(item: Case, folder: string): Verdict {
  if (item.expect === 'value') return judgeExpression(item)
  const got =
    item.request === undefined ? errorOf(item, folder) : checkRequest(item.request)
  if (item.expect === 'accepted') return got && `refused: ${got.reason}`
  if (!got) return 'accepted'
  const { type, message = '', match = 'exact' } = item.expect_error ?? {}
  if (type !== undefined && type !== got.type)
    return `wanted ${type}, got ${got.type}: ${got.reason}`
  return matches[match](got.reason, message)
    ? undefined
    : `wanted ${message}, got ${got.reason}`
}

const matches = {
  exact: (text: string, wanted: string) => text === wanted,
  prefix: (text: string, wanted: string) => text.startsWith(wanted),
  suffix: (text: string, wanted: string) => text.endsWith(wanted),
  contains: (text: string, wanted: string) => text.includes(wanted),
}

function errorOf(item: Case, folder: string) {
  if (item.expression !== undefined)
    return printElasticError(parseExpression(item.expression).diagnostics)
  const { query, diagnostics } = parseQuery(item.query ?? '')
  const schema = item.mapping && schemaOf(readMapping(namedMapping(item.mapping, folder)))
  const checked = query && schema ? checkQuery(query, schema, fields) : []
  return printElasticError([...diagnostics, ...checked].filter(isError))
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error'

/** Some recordings name only what kind of field they need; these are such fields. */
const kinds: Readonly<Record<string, object>> = {
  numeric: {
    long_field: { type: 'long' },
    short_field: { type: 'short' },
    double_field: { type: 'double' },
    half_float_field: { type: 'half_float' },
    wrong_int_type_field: { type: 'int' },
  },
  date: {
    date: { type: 'date' },
    date_with_format: { type: 'date', format: 'yyyy-MM-dd' },
    date_with_multi_format: { type: 'date', format: 'yyyy-MM-dd||HH:mm:ss' },
    date_nanos_field: { type: 'date_nanos' },
  },
  boolean: { boolean_field: { type: 'boolean' } },
  binary: { blob: { type: 'binary' } },
  alias: { user_name_alias: { type: 'alias' } },
  range: {
    float_range_field: { type: 'float_range' },
    double_range_field: { type: 'double_range' },
    ip_range_field: { type: 'ip_range' },
  },
  object: { endgame: { properties: { pid: { type: 'long' } } } },
  nested: {
    processes: {
      type: 'nested',
      properties: {
        pid: { type: 'long' },
        path: { type: 'text', fields: { keyword: { type: 'keyword' } } },
      },
    },
  },
  geo: { location: { type: 'geo_point' } },
  ip: { ip_addr: { type: 'ip' } },
}

function namedMapping(mapping: string | object, folder: string): string {
  const name = typeof mapping === 'string' ? mapping : ''
  const file = { default: 'es-unit-default', 'multi-field': 'es-unit-multi-field' }[name]
  if (file) return readFileSync(join(folder, `../data/${file}.mapping.json`), 'utf8')
  const event = { properties: { category: { type: 'keyword' } } }
  const properties = { ...kinds[name], event, '@timestamp': { type: 'date' } }
  return JSON.stringify({ properties })
}
