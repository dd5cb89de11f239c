/** Bytes at a time where memory is used again. */
const SLICE = 2 * 1024 * 1024
/** Slices whose bytes may still be needed: of one, the beginning of a line, and the last. */
const IN_USE = 3
/** Bytes at a time where each slice comes with memory of its own. */
const LARGE_SLICE = 8 * 1024 * 1024

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
 * next one but one is asked for: its memory is used again then. Who wants no more of them
 * returns the generator, which lets go of the Blob. Rejects when the Blob cannot be read.
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
  const bytes = Math.min(SLICE, blob.size)
  const turns: Uint8Array[] = []
  let isBegun = false
  for (let offset = 0; offset < blob.size;) {
    const inUse: number = isBegun ? IN_USE : IN_USE - 1
    const room: Uint8Array = turns.length < inUse ? new Uint8Array(bytes) : turns.shift()!
    const slice: Uint8Array = room.subarray(0, blob.size - offset)
    blob.readInto(slice, offset)
    turns.push(room)
    // What is behind the last whole line is read again.
    const end = endOfLines(slice)
    isBegun ||= slice[end - 1] !== LF
    offset += end
    yield slice.subarray(0, end)
  }
}

/**
 * Where the last line of a slice ends that is whole; where the slice does, if that line is
 * not near. Each beginning of a line that is handed on has to be joined with the rest of it,
 * and is a piece by itself then.
 */
function endOfLines(slice: Uint8Array): number {
  const end = slice.lastIndexOf(LF) + 1
  return end > slice.length / 2 ? end : slice.length
}

/**
 * Most of a Blob is streamed into the same memory again and again: to get fresh memory for
 * all of it takes as long as to read it. The end, and what a stream does not give, is read
 * slice by slice: that fails, and tells why, where a file was changed meanwhile.
 */
async function* readSlices(blob: Blob): AsyncGenerator<Uint8Array> {
  let offset = 0
  for await (const slice of readStream(blob, blob.size - SLICE)) {
    offset += slice.length
    yield slice
  }
  let next = readSlice(blob, offset)
  while (offset < blob.size) {
    const slice = await next
    offset += LARGE_SLICE
    if (offset < blob.size) next = readSlice(blob, offset)
    yield slice
  }
}

/** At least so many bytes, in slices of whole lines; fewer where a stream ends or fails. */
async function* readStream(blob: Blob, bytes: number): AsyncGenerator<Uint8Array> {
  const reader = bytes > 0 ? openStream(blob) : undefined
  if (!reader) return
  const turns: ArrayBuffer[] = []
  let begun = new Uint8Array(0)
  try {
    for (let offset = 0; offset < bytes; offset += SLICE - begun.length) {
      const room = turns.length < IN_USE ? new ArrayBuffer(SLICE) : turns.shift()!
      const slice = await fill(reader, room, begun)
      if (slice.length < SLICE) return
      turns.push(slice.buffer)
      const end = endOfLines(slice)
      begun = slice.subarray(end)
      yield slice.subarray(0, end)
    }
  } catch {
    // What did not come is asked for in another way, which tells why.
  } finally {
    // Of the rest nothing is wanted; where the stream has failed, so does this.
    reader.cancel().catch(() => undefined)
  }
}

/** Undefined where there are no such readers: in Safari before 26.4. */
function openStream(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}

/**
 * Reads a slice into memory that is taken for it, behind the bytes it begins with; a shorter
 * one where the stream ends.
 */
async function fill(
  reader: ReadableStreamBYOBReader,
  room: ArrayBuffer,
  begun: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  new Uint8Array(room).set(begun)
  let slice = new Uint8Array(room, 0, begun.length)
  waitedFor.add(reader)
  try {
    while (slice.length < SLICE) {
      const { buffer, length } = slice
      const { value, done } = await reader.read(new Uint8Array(buffer, length))
      if (done) break
      slice = new Uint8Array(value.buffer, 0, length + value.length)
    }
    return slice
  } finally {
    waitedFor.delete(reader)
  }
}

/**
 * Chromium collects a stream as garbage when nothing holds it but those who wait for it;
 * they would wait for ever.
 */
const waitedFor = new Set<ReadableStreamBYOBReader>()

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
    .slice(offset, offset + LARGE_SLICE)
    .arrayBuffer()
    .then((buffer) => new Uint8Array(buffer))
  // Reading may be given up before this slice is awaited.
  bytes.catch(() => undefined)
  return bytes
}
