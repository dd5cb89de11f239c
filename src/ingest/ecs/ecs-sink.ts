import type { JsonValue } from '../lossless-json'

/** Takes the ECS fields of one event. */
export interface EcsSink {
  /**
   * Gives the event a field, by its dotted name, unless it has it already: nothing that a
   * file says itself is overwritten, and of several puts the first one counts. `from` is
   * the part of the event that it was made from, such as `EventData.TargetFilename`;
   * several have blanks between them, and what only we say of it has none.
   */
  put(field: string, value: JsonValue, from: string): void
  /**
   * Told before a field gets a value that only extended mode gives: what it would have in
   * faithful mode, if anything.
   */
  extend?(field: string, faithful: JsonValue | undefined): void
}

/** How records become ECS (events-ecs.md 3, 5). */
export interface EcsOptions {
  /** `extended` adds what Elastic's own pipelines leave out. */
  readonly mode: 'faithful' | 'extended'
  /** Which of its two times an event of Sysmon has. */
  readonly time: 'as-elastic' | 'as-logged'
  /** Added to the time it was logged, ms: what sets a clock right that is off. */
  readonly correctionMs?: number
}
