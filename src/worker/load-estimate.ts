import { measureSource } from '../ingest/estimate'
import type { SourceFile } from '../ingest/source'
import type { LoadChoice, LoadEstimate } from './api'
import type { RuleNeeds } from './rule-needs'

/** Files up to this size are not looked at: they fit, bytes. */
const SMALL = 64 * 1024 * 1024
/** What a tab can hold where nothing better is known, bytes. */
const BUDGET = 2 * 1024 * 1024 * 1024

/** Looks at the beginning of a source, and says what the whole would take. */
export async function estimateLoad(
  file: SourceFile,
  { fields }: RuleNeeds,
  limitBytes = Infinity,
): Promise<LoadEstimate> {
  const bytes = file.blob.size
  const { events, memoryBytes } = await measureSource(file)
  const all: LoadChoice = { kind: 'all', memoryBytes, events, keep: {} }
  const lean: LoadChoice = { ...all, kind: 'fields', keep: { fields } }
  const budgetBytes = Math.min(BUDGET, limitBytes)
  const isSmall = bytes <= SMALL && limitBytes === Infinity
  const fits = isSmall || memoryBytes <= budgetBytes
  const choices = fits ? [all] : [all, lean]
  return { bytes, events, memoryBytes, budgetBytes, fits, choices }
}
