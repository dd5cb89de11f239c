import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** What unpacking one source may come to. */
export interface UnpackLimits {
  /** Containers within one another. */
  readonly depth: number
  /** Files in archives. */
  readonly files: number
  /** Unpacked, in bytes, all containers together. */
  readonly total: number
  /** So many unpacked bytes of one packed byte, once there are `ratioFrom` bytes. */
  readonly ratio: number
  readonly ratioFrom: number
}

const MB = 1024 * 1024

/**
 * Files of events come to 84 times what they are packed in at most, of all archives that
 * were measured (events-formats.md 8); deflate can come to a thousand times.
 */
export const LIMITS: UnpackLimits = {
  depth: 5,
  files: 10_000,
  total: 8 * 1024 * MB,
  ratio: 300,
  ratioFrom: 512 * MB,
}

/** Counts what unpacking has come to, and ends it where it is too much. */
export class Budget {
  /** Why nothing more is to be unpacked. */
  problem: string | undefined = undefined
  private bytes = 0
  private files = 0

  constructor(
    private readonly limits: UnpackLimits,
    /** Bytes of the source that were read so far. */
    private readonly bytesRead: () => number,
  ) {}

  /** Counts bytes that were unpacked. Throws UnpackProblem. */
  take(bytes: number): void {
    const { ratio, ratioFrom, total } = this.limits
    this.bytes += bytes
    if (this.bytes > total) this.end(unpackText.total(this.bytes))
    if (this.bytes > ratioFrom && this.bytes > this.bytesRead() * ratio)
      this.end(unpackText.ratio(this.bytes))
  }

  /** Counts one more file of an archive. Throws UnpackProblem. */
  takeFile(): void {
    if (++this.files > this.limits.files) this.end(unpackText.files(this.limits.files))
  }

  /**
   * Ends it where the files of an archive have more packed bytes than there are: they are
   * the same bytes again and again. Throws UnpackProblem.
   */
  checkPacked(bytes: number, archiveBytes: number): void {
    if (bytes > archiveBytes) this.end(unpackText.overlap())
  }

  /** Whether so many containers within one another are too many. */
  isTooDeep(depth: number): boolean {
    return depth > this.limits.depth
  }

  sayTooDeep(): string {
    return unpackText.depth(this.limits.depth)
  }

  private end(problem: string): never {
    this.problem = problem
    throw new UnpackProblem(problem)
  }
}
