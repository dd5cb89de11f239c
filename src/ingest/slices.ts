const SLICE = 4 * 1024 * 1024
/** Slices on their way while one is used. */
const AHEAD = 3

/** How much of a stored file has been handed on; read while `readPieces` runs. */
export interface ReadingPlace {
  bytesRead: number
}

/**
 * Reads a Blob in slices of 4 MB, some being on their way while one is used, and hands
 * them on as they are, or in pieces of as many bytes as told, which end with a line where
 * one ends. Rejects when the Blob cannot be read.
 */
export async function* readPieces(
  blob: Blob,
  place: ReadingPlace,
  pieceBytes = SLICE,
): AsyncGenerator<Uint8Array> {
  for await (const piece of cutPieces(readSlices(blob), pieceBytes)) {
    place.bytesRead += piece.length
    yield piece
  }
}

async function* readSlices(blob: Blob): AsyncGenerator<Uint8Array> {
  const coming: Promise<Uint8Array>[] = []
  let asked = 0
  for (let offset = 0; offset < blob.size; offset += SLICE) {
    for (; asked < blob.size && coming.length <= AHEAD; asked += SLICE)
      coming.push(readSlice(blob, asked))
    yield await coming.shift()!
  }
}

async function* cutPieces(
  slices: AsyncIterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Uint8Array> {
  /** The beginning of a line that goes on in the next slice. */
  let begun: Uint8Array | undefined = undefined
  for await (const slice of slices) {
    let from = 0
    if (begun) {
      from = slice.indexOf(LF) + 1
      yield from > 0 ? join(begun, slice.subarray(0, from)) : begun
      begun = undefined
    }
    while (from < slice.length) {
      const piece = cutPiece(slice, from, pieceBytes)
      from += piece.length
      if (from === slice.length && piece.at(-1) !== LF) begun = piece
      else yield piece
    }
  }
  if (begun) yield begun
}

/** What has no beginning of a line behind its last line break can be used as it is. */
function cutPiece(slice: Uint8Array, from: number, pieceBytes: number): Uint8Array {
  const piece = slice.subarray(from, from + pieceBytes)
  const last = piece.lastIndexOf(LF)
  return last < 0 ? piece : piece.subarray(0, last + 1)
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

const LF = 10

function readSlice(blob: Blob, offset: number): Promise<Uint8Array> {
  const bytes = blob
    .slice(offset, offset + SLICE)
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer))
  // Reading may be given up before this slice is awaited.
  bytes.catch(() => undefined)
  return bytes
}
