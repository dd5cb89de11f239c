import { Gunzip } from 'fflate'
import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** Compressed bytes at a time: little enough that what comes out stays small. */
const PIECE = 32 * 1024
/** Of many small members, as each takes time by what is left of the piece. */
const SMALL_PIECE = 1024
const MANY_MEMBERS = 8

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
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + unpacker.pieceBytes)
      from += part.length
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
  /** How much it is to be given next. */
  pieceBytes = PIECE
  private members = 0
  private unpacked: Uint8Array[] = []
  private hasBegun = false
  private readonly stream = new Gunzip((bytes) => {
    if (bytes.length > 0) this.unpacked.push(bytes)
  })

  constructor() {
    this.stream.onmember = () => {
      this.members++
    }
  }

  /** What comes out; nothing is a piece as well, so that others have their turn. */
  push(piece: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    this.members = 0
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
    this.pieceBytes =
      this.members > MANY_MEMBERS ? SMALL_PIECE : Math.min(PIECE, this.pieceBytes * 2)
    if (unpacked.length > 0) this.hasBegun = true
    return unpacked.length > 0 ? unpacked : [NOTHING]
  }
}

const NOTHING = new Uint8Array(0)

/** fflate's word for bytes that do not begin a member. */
const NO_HEADER = 'invalid gzip data'
