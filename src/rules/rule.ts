import type { ExceptionList } from './exception-list'
import type { JsonRecord } from './record'

export type Severity = 'low' | 'medium' | 'high' | 'critical'

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

/** An alert's severity taken from a field of the event (rules.md 3.8). */
export interface SeverityMapping {
  readonly field: string
  readonly operator: string
  readonly value: string
  readonly severity: string
}

/** An alert's risk score taken from a field; `riskScore` only where it is a fixed one. */
export interface RiskScoreMapping {
  readonly field: string
  readonly operator: string
  readonly value: string
  readonly riskScore?: number
}

export interface RelatedIntegration {
  readonly package: string
  /** A range of versions, such as `^2.0.0`. */
  readonly version?: string
  readonly integration?: string
}

export interface RequiredField {
  readonly name: string
  readonly type: string
  readonly ecs?: boolean
}

/** Alerts of the same fields joined to one (rules.md 3.9). */
export interface AlertSuppression {
  readonly groupBy: readonly string[]
  /** Absent: for each run. */
  readonly duration?: { readonly value: number; readonly unit: string }
  readonly missingFieldsStrategy?: string
}

/** A reference to an exception list; the list itself may not have come along. */
export interface ExceptionListReference {
  readonly id?: string
  readonly listId: string
  readonly type: string
  readonly namespaceType: string
}

/** `[metadata]` of a detection-rules file. Dates are written `2024/10/15`. */
export interface RuleMetadata {
  readonly creationDate?: string
  readonly updatedDate?: string
  readonly deprecationDate?: string
  readonly maturity?: string
  readonly integration: readonly string[]
  readonly minStackVersion?: string
  readonly minStackComments?: string
  /** Keys of `[metadata]` without a name here, as they are written. */
  readonly other: JsonRecord
}

/** What a rule of the endpoint says besides its query (rules.md 1.4). To be read only. */
export interface EndpointFacts {
  readonly version?: string
  readonly osList: readonly string[]
  readonly minEndpointVersion?: string
  readonly maxEndpointVersion?: string
  readonly reputation?: boolean
  readonly actions: readonly EndpointAction[]
  readonly optionalActions: readonly EndpointAction[]
}
export interface EndpointAction {
  readonly action: string
  readonly field: string
  /** 0-based step of the sequence that the field comes from. */
  readonly state?: number
  readonly tree?: boolean
}

/** Where a documentation page says that a rule came from and last changed. */
export interface Provenance {
  /** Releases of the stack, such as `7.11.0`. */
  readonly addedIn?: string
  readonly modifiedIn?: string
}

/** An earlier form of a rule, as its source tells it; the newest first. */
export interface EarlierVersion {
  readonly version: number
  readonly release?: string
  /** What changed, as the source puts it. */
  readonly change: string
  /** The query before the change; absent where it stayed the same. */
  readonly query?: string
}

/** A value that the source does not say, with what is used in its place. */
export interface Assumption {
  readonly field: AssumedField
  /** Undefined: nothing is used, and that is an assumption too. */
  readonly value: string | number | boolean | readonly string[] | undefined
  /** A default of the detection engine, or a guess from the kind of rule. */
  readonly because: 'default' | 'guess'
}
export type AssumedField =
  | 'ruleId'
  | 'description'
  | 'severity'
  | 'riskScore'
  | 'index'
  | 'interval'
  | 'from'
  | 'to'
  | 'maxSignals'
  | 'timestampOverride'
  | 'timestampField'
  | 'eventCategoryOverride'
  | 'enabled'
  | 'version'

/** How a rule's text is written. `page` is the text of a documentation page. */
export type RuleFormat = 'toml' | 'json' | 'ndjson' | 'eql' | 'endpoint' | 'page'

/** The layouts of pages (rules.md 1.6 and the pages that came after). */
export type PageLayout = 'current' | 'older' | 'numbered' | 'reference' | 'explorer'

/**
 * A detection rule, whatever it came from (rules.md 1). Fields hold what the source says;
 * what it does not say is in `assumed`. Names are those of the API in camelCase.
 */
export interface Rule {
  /** The rule's handle on the page: `rule_id` if there is one, else made from the name. */
  readonly id: string
  /** `rule_id`, if the source has one. */
  readonly ruleId?: string
  readonly name: string
  readonly query: string
  readonly language: string
  /** `eql`, `query`, `esql`, `threshold` and so on; absent in a bare query. */
  readonly type?: string
  readonly description: string
  readonly severity?: Severity
  readonly riskScore?: number
  readonly severityMapping: readonly SeverityMapping[]
  readonly riskScoreMapping: readonly RiskScoreMapping[]
  /** The field that names the alerts. */
  readonly ruleNameOverride?: string
  readonly index: readonly string[]
  readonly dataViewId?: string
  readonly interval?: string
  readonly from?: string
  readonly to?: string
  readonly maxSignals?: number
  readonly enabled?: boolean
  readonly tags: readonly string[]
  readonly version?: number
  readonly revision?: number
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
  readonly timestampOverrideFallbackDisabled?: boolean
  /** `default`: its alerts are building blocks of other rules. */
  readonly buildingBlockType?: string
  readonly investigationFields: readonly string[]
  readonly relatedIntegrations: readonly RelatedIntegration[]
  readonly requiredFields: readonly RequiredField[]
  readonly timelineId?: string
  readonly timelineTitle?: string
  /** Filters of the query bar, as Kibana writes them (rules.md 3.10). */
  readonly filters: readonly JsonRecord[]
  readonly exceptionsList: readonly ExceptionListReference[]
  /** The lists themselves, as far as the source holds them. */
  readonly exceptions: readonly ExceptionList[]
  readonly alertSuppression?: AlertSuppression
  readonly actions: readonly JsonRecord[]
  /** The connectors its actions use, as an export holds them. */
  readonly connectors: readonly JsonRecord[]
  readonly responseActions: readonly JsonRecord[]
  readonly throttle?: string
  readonly meta?: JsonRecord
  readonly metadata?: RuleMetadata
  /** `[transform]`: what takes the place of `$osquery_0` and `$investigate_0` in the guide. */
  readonly transform?: JsonRecord
  readonly endpoint?: EndpointFacts
  readonly provenance: Provenance
  readonly history: readonly EarlierVersion[]
  readonly assumed: readonly Assumption[]
  /** What a reader of the rule should know about how it was read, a sentence each. */
  readonly remarks: readonly string[]
  /**
   * Fields of the API without a name here, or which could not be read whole, as they are
   * written. They go out again with an export.
   */
  readonly unknown: JsonRecord
  /** The rule's own text, so that nothing it says is lost. It can be opened again. */
  readonly source: {
    readonly format: RuleFormat
    readonly layout?: PageLayout
    readonly text: string
  }
}
