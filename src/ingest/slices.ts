const SLICE = 4 * 1024 * 1024
/** Slices on their way while one is used. */
const AHEAD = 3
const PIECE = 1024 * 1024

/** How much of a stored file has been handed on; read while `readPieces` runs. */
export interface ReadingPlace {
  bytesRead: number
}

/**
 * Reads a Blob in slices of 4 MB, some being on their way while one is used, and hands
 * them on in pieces of 1 MB, or less, or as many bytes as told, which end with a line where one ends. Rejects when
 * the Blob cannot be read.
 */
export async function* readPieces(
  blob: Blob,
  place: ReadingPlace,
  pieceBytes = PIECE,
): AsyncGenerator<Uint8Array> {
  const coming: Promise<Uint8Array>[] = []
  let asked = 0
  for (let offset = 0; offset < blob.size; offset += SLICE) {
    for (; asked < blob.size && coming.length <= AHEAD; asked += SLICE)
      coming.push(readSlice(blob, asked))
    const slice = await coming.shift()!
    for (let from = 0; from < slice.length;) {
      const piece = cutPiece(slice, from, pieceBytes)
      from += piece.length
      place.bytesRead += piece.length
      yield piece
    }
  }
}

/** What has no beginning of a line behind its last line break can be used as it is. */
function cutPiece(slice: Uint8Array, from: number, pieceBytes: number): Uint8Array {
  const piece = slice.subarray(from, from + pieceBytes)
  const last = piece.lastIndexOf(LF)
  return last < 0 ? piece : piece.subarray(0, last + 1)
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
