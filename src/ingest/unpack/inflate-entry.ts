import { Inflate } from 'fflate'
import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** Packed bytes at a time: little enough that what comes out stays small. */
const PIECE = 32 * 1024

/**
 * Inflates the bytes of one file of a zip archive. Throws UnpackProblem where they are
 * damaged, or end too soon. https://www.rfc-editor.org/rfc/rfc1951
 */
export async function* inflateEntry(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater()
  for await (const piece of pieces)
    for (let from = 0; from < piece.length && !inflater.isDamaged; from += PIECE)
      yield* inflater.push(piece.subarray(from, from + PIECE), false)
  if (!inflater.isDamaged) yield* inflater.push(new Uint8Array(0), true)
  if (inflater.isDamaged) throw new UnpackProblem(unpackText.memberDamage())
}

class Inflater {
  isDamaged = false
  private inflated: Uint8Array[] = []
  private readonly stream = new Inflate((bytes) => {
    if (bytes.length > 0) this.inflated.push(bytes)
  })

  push(piece: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    try {
      this.stream.push(piece, isLast)
    } catch {
      this.isDamaged = true
    }
    const { inflated } = this
    this.inflated = []
    return inflated
  }
}
