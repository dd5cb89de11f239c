/** One ATT&CK entry: tactic, technique or sub-technique. */
export interface ThreatEntry {
  readonly id: string
  readonly name: string
  readonly reference: string
}
export interface Threat {
  readonly framework: string
  readonly tactic: ThreatEntry
  readonly techniques: readonly (ThreatEntry & {
    readonly subtechniques: readonly ThreatEntry[]
  })[]
}

/** A detection rule as the page knows it, whatever file it came from. */
export interface Rule {
  /** `rule_id` if the file has one, else made from the name. */
  readonly id: string
  readonly name: string
  readonly query: string
  readonly language: string
  readonly description: string
  readonly severity?: 'low' | 'medium' | 'high' | 'critical'
  readonly riskScore?: number
  readonly index: readonly string[]
  readonly interval?: string
  readonly from?: string
  readonly to?: string
  readonly maxSignals?: number
  readonly tags: readonly string[]
  readonly version?: number
  readonly author: readonly string[]
  readonly license?: string
  readonly references: readonly string[]
  readonly falsePositives: readonly string[]
  /** Investigation guide and setup, Markdown. */
  readonly note?: string
  readonly setup?: string
  readonly threat: readonly Threat[]
  readonly timestampField?: string
  readonly tiebreakerField?: string
  readonly eventCategoryOverride?: string
  readonly timestampOverride?: string
  /** The file's text, so that nothing it says is lost. */
  readonly source: {
    readonly format: 'toml' | 'json' | 'ndjson' | 'eql'
    readonly text: string
  }
}
