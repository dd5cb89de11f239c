import type { Schema } from '../events/schema'
import { checkQuery } from '../language/check'
import type { Diagnostic } from '../language/diagnostics'
import { lintQuery } from '../language/lint'
import { parseQuery } from '../language/parse'

type Parsed = ReturnType<typeof parseQuery>

/** The fields that a check needs besides the query. */
export interface CheckFields {
  readonly categoryField: string
  readonly timestampField: string
}

/** Texts remembered: the rules of a large repository, and what one has typed of late. */
const KEPT = 4096

const parsed = new Map<string, Parsed>()

/** What a rule text is read as; that says nothing of events, so all share it. */
export const parseText = (text: string): Parsed =>
  remember(parsed, text, () => parseQuery(text))

/**
 * What rule texts were read as. Rules run again whenever events come, go or are
 * switched; most of their texts, and often the fields, are the same as before.
 */
export class RuleTexts {
  private readonly checked = new Map<string, readonly Diagnostic[]>()
  private schema: Schema | undefined

  /** What a text that was parsed without error has wrong or doubtful, by the schema. */
  check(text: string, schema: Schema, fields: CheckFields): readonly Diagnostic[] {
    if (this.schema !== schema) this.checked.clear()
    this.schema = schema
    const { categoryField, timestampField } = fields
    return remember(
      this.checked,
      JSON.stringify([categoryField, timestampField, text]),
      () => {
        const { query } = parseText(text)
        if (!query) return []
        return [...checkQuery(query, schema, fields), ...lintQuery(query, schema)]
      },
    )
  }
}

/** Made once; when there are too many, the one asked for longest ago goes. */
function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make()
  known.delete(key)
  known.set(key, value)
  const [oldest] = known.keys()
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
  return value
}
