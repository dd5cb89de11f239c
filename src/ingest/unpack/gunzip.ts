import { Gunzip } from 'fflate'
import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** Compressed bytes at a time: little enough that what comes out stays small. */
const PIECE = 32 * 1024

/** More bytes than this behind the last member are not padding but damage. */
const MUCH_JUNK = 64 * 1024

/**
 * Unpacks gzip, several members after one another too. What little follows the last
 * member is ignored, as log rotation and archivers leave bytes there. Checksums are
 * not compared: broken text shows soon enough as broken JSON. Throws UnpackProblem where
 * it is cut off or spoilt; what came before was given.
 * https://www.rfc-editor.org/rfc/rfc1952
 */
export async function* gunzip(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacker = new Unpacker()
  let junk = 0
  for await (const piece of pieces)
    for (let from = 0; from < piece.length; from += PIECE) {
      const part = piece.subarray(from, from + PIECE)
      if (unpacker.isOver) junk += part.length
      else yield* unpacker.push(part, false)
    }
  if (!unpacker.isOver) yield* unpacker.push(new Uint8Array(0), true)
  if (unpacker.isDamaged || junk > MUCH_JUNK)
    throw new UnpackProblem(unpackText.gzipDamage())
}

class Unpacker {
  /** Nothing more will come: damage, or bytes after a member that begin no other. */
  isOver = false
  isDamaged = false
  private unpacked: Uint8Array[] = []
  private hasBegun = false
  private readonly stream = new Gunzip((bytes) => {
    if (bytes.length > 0) this.unpacked.push(bytes)
  })

  push(piece: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    try {
      this.stream.push(piece, isLast)
    } catch (error) {
      this.isOver = true
      const message = error instanceof Error ? error.message : String(error)
      const isJunk = this.hasBegun || this.unpacked.length > 0
      if (!isJunk || message !== NO_HEADER) this.isDamaged = true
    }
    const { unpacked } = this
    this.unpacked = []
    if (unpacked.length > 0) this.hasBegun = true
    return unpacked
  }
}

/** fflate's word for bytes that do not begin a member. */
const NO_HEADER = 'invalid gzip data'
