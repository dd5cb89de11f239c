import { buf as crc32 } from 'crc-32'
import { unzipSync } from 'fflate'
import { giveWay } from './bundle-files'
import { type LinkProblem, problems } from './link-problem'
import { readChecksums } from './zip-checksums'

/** What a bundle may unpack to, bytes. */
const MAX_UNPACKED = 512 * 1024 * 1024
const MAX_FILES = 10_000

/** The files of a zip that nobody vouches for. The first thing amiss is kept as `problem`. */
export class UnpackedFiles {
  problem: LinkProblem | undefined = undefined
  /** Bytes that were given: one file may be asked for many times. */
  private given = 0

  private constructor(
    private readonly zip: Uint8Array<ArrayBuffer>,
    private readonly paths: ReadonlySet<string>,
    private readonly checksums: ReadonlyMap<string, number>,
  ) {}

  /** Reads the list of files alone. */
  static async open(blob: Blob): Promise<UnpackedFiles | LinkProblem> {
    if (blob.size > MAX_UNPACKED) return problems.tooLargeBundle()
    const zip = new Uint8Array(await blob.arrayBuffer())
    const paths = new Set<string>()
    let size = 0
    try {
      unzipSync(zip, {
        filter: ({ name, originalSize }) => {
          paths.add(name)
          size += originalSize
          return false
        },
      })
    } catch {
      return problems.noZip()
    }
    const isTooLarge = size > MAX_UNPACKED || paths.size > MAX_FILES
    return isTooLarge
      ? problems.tooLargeBundle()
      : new UnpackedFiles(zip, paths, readChecksums(zip))
  }

  has(path: string): boolean {
    return this.paths.has(path)
  }

  /** Empty when something is amiss with it. */
  async bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    if (this.problem) return this.refuse(this.problem)
    if (!this.has(path)) return this.refuse(problems.missing(path))
    await giveWay()
    try {
      // Never more than its list says it is: the library unpacks into that much room.
      const found = unzipSync(this.zip, { filter: ({ name }) => name === path })[path]
      // The library does not look whether what it unpacked is what was packed.
      if (!found || crc32(found) !== this.checksums.get(path))
        return this.refuse(problems.broken(path))
      this.given += found.length
      return this.given > MAX_UNPACKED ? this.refuse(problems.tooLargeBundle()) : found
    } catch {
      return this.refuse(problems.broken(path))
    }
  }

  async text(path: string): Promise<string> {
    const bytes = await this.bytes(path)
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      this.refuse(problems.broken(path))
      return ''
    }
  }

  private refuse(problem: LinkProblem): Uint8Array<ArrayBuffer> {
    this.problem ??= problem
    return new Uint8Array(0)
  }
}
