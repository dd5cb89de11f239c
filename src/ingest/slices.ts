const SLICE = 8 * 1024 * 1024
/** Slices on their way while one is used. */
const AHEAD = 2
/** Bytes at a time of a Blob that need not be waited for. */
const DIRECT_SLICE = 2 * 1024 * 1024
/** Slices whose bytes may still be needed: of one, the beginning of a line, and the last. */
const IN_USE = 3

/** A Blob that can be read at once, to where its bytes are wanted. */
export interface DirectBlob extends Blob {
  /** Reads as many bytes as there is room for, from an offset on. Throws when it cannot. */
  readInto(bytes: Uint8Array, offset: number): void
}

/** How much of a stored file has been handed on; read while `readPieces` runs. */
export interface ReadingPlace {
  bytesRead: number
}

/**
 * Reads a Blob in slices of some MB and hands them on as they are, or in pieces of as many
 * bytes as told, which end with a line where one ends. A piece is to be done with when the
 * next one but one is asked for: its memory is used again then, or given back. Rejects
 * when the Blob cannot be read.
 */
export async function* readPieces(
  blob: Blob,
  place: ReadingPlace,
  pieceBytes = SLICE,
): AsyncGenerator<Uint8Array> {
  const slices = isDirect(blob) ? readDirectly(blob) : readSlices(blob)
  for await (const piece of cutPieces(slices, pieceBytes)) {
    place.bytesRead += piece.length
    yield piece
  }
}

const isDirect = (blob: Blob): blob is DirectBlob => 'readInto' in blob

async function* readDirectly(blob: DirectBlob): AsyncGenerator<Uint8Array> {
  const room = Math.min(DIRECT_SLICE, blob.size)
  const turns = Array.from({ length: IN_USE }, () => new Uint8Array(room))
  for (let offset = 0, turn = 0; offset < blob.size; offset += room, turn++) {
    const slice = turns[turn % IN_USE]!.subarray(0, blob.size - offset)
    blob.readInto(slice, offset)
    yield slice
  }
}

/** Some are on their way while one is used. */
async function* readSlices(blob: Blob): AsyncGenerator<Uint8Array> {
  const coming: Promise<Uint8Array<ArrayBuffer>>[] = []
  const inUse: Uint8Array<ArrayBuffer>[] = []
  let asked = 0
  for (let offset = 0; offset < blob.size; offset += SLICE) {
    if (inUse.length === IN_USE) giveBack(inUse.shift()!.buffer)
    for (; asked < blob.size && coming.length <= AHEAD; asked += SLICE)
      coming.push(readSlice(blob, asked))
    const slice = await coming.shift()!
    inUse.push(slice)
    yield slice
  }
}

/**
 * Gives memory back that would wait for a collection else: it goes with a message that
 * nobody can get. Chromium lets go of it for none of the ways that only detach a buffer.
 */
function giveBack(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel()
  port2.close()
  port1.postMessage(undefined, [buffer])
  port1.close()
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

function readSlice(blob: Blob, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = blob
    .slice(offset, offset + SLICE)
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer))
  // Reading may be given up before this slice is awaited.
  bytes.catch(() => undefined)
  return bytes
}
