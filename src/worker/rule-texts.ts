import type { Schema } from '../events/schema'
import { checkQuery } from '../language/check'
import type { Diagnostic } from '../language/diagnostics'
import type { Query } from '../language/ast'
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

/**
 * What a rule text is read as; that says nothing of events, so all share it. When there
 * are too many, the one asked for longest ago goes.
 */
export function parseText(text: string): Parsed {
  const read = parsed.get(text) ?? parseQuery(text)
  parsed.delete(text)
  parsed.set(text, read)
  if (parsed.size > KEPT) parsed.delete(parsed.keys().next().value!)
  return read
}

/**
 * What rule texts were read as. Rules run again whenever events come, go or are
 * switched; most of their texts, and often the fields, are the same as before.
 */
export class RuleTexts {
  private checked = new WeakMap<Query, Checked>()
  private schema: Schema | undefined

  /** What a query has wrong or doubtful, by the schema. */
  check(query: Query, schema: Schema, fields: CheckFields): readonly Diagnostic[] {
    if (this.schema !== schema) this.checked = new WeakMap()
    this.schema = schema
    const known = this.checked.get(query)
    if (known && areSame(known.fields, fields)) return known.diagnostics
    const diagnostics = [
      ...checkQuery(query, schema, fields),
      ...lintQuery(query, schema),
    ]
    this.checked.set(query, { fields, diagnostics })
    return diagnostics
  }
}

interface Checked {
  readonly fields: CheckFields
  readonly diagnostics: readonly Diagnostic[]
}

const areSame = (a: CheckFields, b: CheckFields): boolean =>
  a.categoryField === b.categoryField && a.timestampField === b.timestampField
