/** A file, a paste or a bundled example, before it is read. */
export interface SourceFile {
  /** Stable while it is open. */
  readonly id: string
  readonly name: string
  readonly blob: Blob
}
