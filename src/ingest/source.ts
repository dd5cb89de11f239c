/** A file, a paste or a bundled example, before it is read. */
export interface SourceFile {
  /** Stable for the session; also the key of the stored Blob. */
  readonly id: string
  readonly name: string
  readonly blob: Blob
}
