/**
 * What a person decided by hand about how a source is read; what is absent is told from
 * its content (events-formats.md 0, 7; events-ecs.md 3, 5).
 */
export interface ReadAs {
  /** Name of the format its text is taken for. */
  readonly format?: string
  /** Records of Windows as Elastic's pipelines map them, or with what they leave out. */
  readonly mode?: 'faithful' | 'extended'
  /** Which of its times an event of Sysmon has. */
  readonly time?: 'as-elastic' | 'as-logged'
  /** Clocks that are hours off are set right unless this is false. */
  readonly correctClock?: boolean
  /** Added to every time, ms. */
  readonly offsetMs?: number
  /** IANA name of the zone of times that are written without one. */
  readonly timeZone?: string
  /** Of an archive, 0-based places of files in it that are no events. */
  readonly leaveOut?: readonly number[]
  /** Reading was stopped behind so many events, kept or not; it stops there again. */
  readonly upTo?: number
}
