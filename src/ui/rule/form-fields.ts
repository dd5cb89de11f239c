import { FACT_NAMES } from './fact-wording'

/** A field of a rule that can be edited in the form, by its name in the API. */
export interface FormField {
  readonly key: string
  readonly label: string
  /** `lines`: a list, one a line. `text`: on several lines. */
  readonly kind: 'line' | 'text' | 'lines' | 'number' | 'severity'
  /** What is used where it is empty, or an example. */
  readonly hint?: string
}

/** The fields of every rule, those of the endpoint too. */
const COMMON: readonly FormField[] = [
  { key: 'name', label: 'Name', kind: 'line' },
  { key: 'description', label: 'Description', kind: 'text' },
]
const REFERENCES: FormField = {
  ...{ key: 'references', label: FACT_NAMES.references, kind: 'lines' },
}
const LICENCE: FormField = { key: 'license', label: FACT_NAMES.license, kind: 'line' }

const DETECTION: readonly FormField[] = [
  { key: 'severity', label: FACT_NAMES.severity, kind: 'severity' },
  { key: 'risk_score', label: FACT_NAMES.riskScore, kind: 'number', hint: '0–100' },
  { key: 'tags', label: FACT_NAMES.tags, kind: 'lines' },
  { key: 'index', label: FACT_NAMES.index, kind: 'lines' },
  { key: 'interval', label: FACT_NAMES.interval, kind: 'line', hint: '5m' },
  { key: 'from', label: FACT_NAMES.from, kind: 'line', hint: 'now-6m' },
  { key: 'to', label: FACT_NAMES.to, kind: 'line', hint: 'now' },
  { key: 'max_signals', label: FACT_NAMES.maxSignals, kind: 'number', hint: '100' },
  ...(
    [
      ['timestamp_override', FACT_NAMES.timestampOverride, ''],
      ['timestamp_field', FACT_NAMES.timestampField, '@timestamp'],
      ['tiebreaker_field', FACT_NAMES.tiebreakerField, ''],
      ['event_category_override', FACT_NAMES.eventCategoryOverride, 'event.category'],
    ] as const
  ).map(([key, label, hint]): FormField => ({ key, label, kind: 'line', hint })),
  { key: 'author', label: FACT_NAMES.author, kind: 'lines' },
  LICENCE,
  REFERENCES,
  { key: 'false_positives', label: FACT_NAMES.falsePositives, kind: 'lines' },
  { key: 'note', label: FACT_NAMES.note, kind: 'text', hint: 'Markdown' },
  { key: 'setup', label: FACT_NAMES.setup, kind: 'text', hint: 'Markdown' },
]

export const fieldsOf = (isOfEndpoint: boolean): readonly FormField[] =>
  isOfEndpoint ? [...COMMON, LICENCE, REFERENCES] : [...COMMON, ...DETECTION]

/** A value as the form shows it. */
export const printField = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join('\n')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : ''

/** What was typed as a value; undefined for a field that is left empty. */
export function readField(
  { kind }: FormField,
  typed: string,
): string | number | readonly string[] | undefined {
  if (typed.trim() === '') return undefined
  if (kind === 'lines') return typed.split('\n').map(trim).filter(Boolean)
  if (kind === 'number') return Number(typed)
  return kind === 'text' ? typed : typed.trim()
}
const trim = (line: string): string => line.trim()
