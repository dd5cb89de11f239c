import type { Diagnostic } from '../language/diagnostics'
import type { LintCode } from './lint-wording'
import type { TomlPath } from './toml-nodes'

/** One finding about a rule's metadata, before its place is looked up. */
export interface Finding {
  readonly code: LintCode
  readonly severity: Diagnostic['severity']
  /** Where it is; the first of these that stands in the file is taken. */
  readonly paths: readonly TomlPath[]
  /** What the sentence is about. */
  readonly values: readonly string[]
}
