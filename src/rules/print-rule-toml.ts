import { exportRecord, withoutServerFields } from './export-record'
import { pathOfField } from './field-path'
import { tomlOfPage } from './page-numbered'
import { isSameValue, type JsonRecord } from './record'
import type { Rule } from './rule'
import { readRules } from './rule-file'
import { writeRuleRecord } from './rule-record'
import { writeMetadata } from './rule-toml'
import { readTomlDocument, setValue, type TomlDocument } from './toml-document'
import { printTable } from './toml-print'

/**
 * The rule as a TOML file of the detection-rules schema (rules.md 1.1). One that came as
 * TOML goes out as it came, byte for byte but for what was changed since; any other is
 * written new. `today`, as `2024/10/15`, dates one that has no dates of its own.
 */
export function printRuleToml(rule: Rule, today?: string): string {
  const document = tomlDocumentOf(rule)
  return document ? withChanges(document, rule).text : printNew(rule, today)
}

/** The TOML a rule came as, if it did, to be edited without loss. */
export function tomlDocumentOf({ source }: Rule): TomlDocument | undefined {
  const text = source.layout === 'numbered' ? tomlOfPage(source.text).toml : source.text
  const isToml =
    ['toml', 'endpoint'].includes(source.format) || source.layout === 'numbered'
  if (!isToml) return undefined
  const read = readTomlDocument(text)
  return 'document' in read ? read.document : undefined
}

/** The rule a document says as it stands. */
export const ruleOf = (document: TomlDocument): Rule | undefined =>
  readRules(document.text).rules[0]

function withChanges(document: TomlDocument, rule: Rule): TomlDocument {
  const before = ruleOf(document)
  if (!before) return document
  const [old, wanted] = [writeRuleRecord(before), writeRuleRecord(rule)]
  const keys = new Set([...Object.keys(old), ...Object.keys(wanted)])
  return [...keys]
    .filter((key) => !isSameValue(old[key], wanted[key]))
    .reduce(
      (result, key) =>
        setValue(result, pathOfField(key, rule.endpoint !== undefined), wanted[key]),
      document,
    )
}

function printNew(rule: Rule, today: string | undefined): string {
  const written = withoutServerFields(exportRecord(rule))
  // The guide keeps its placeholders, for the entries stand in the same file.
  const { threat, ...rest } = {
    ...written,
    ...(rule.note && { note: rule.note }),
  } as JsonRecord
  const dates = { creation_date: today, updated_date: today, maturity: 'development' }
  const metadata = rule.metadata
    ? writeMetadata(rule.metadata)
    : today
      ? dates
      : undefined
  return printTable([], {
    ...(metadata && { metadata }),
    rule: { ...inOrder(rest), ...(threat !== undefined && { threat }) },
    ...(rule.transform && { transform: rule.transform }),
  })
}

/** As the files of the public repository have them: by name, the long texts last. */
function inOrder(record: JsonRecord): JsonRecord {
  const keys = Object.keys(record).filter((key) => !LAST.includes(key))
  const ordered = [...keys.sort(), ...LAST.filter((key) => key in record)]
  return Object.fromEntries(ordered.map((key) => [key, record[key]]))
}
const LAST = ['note', 'setup', 'query']
