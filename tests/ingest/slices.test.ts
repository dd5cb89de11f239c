import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { GrowingTable } from '../../src/events/growing-table'
import { ByteWindow } from '../../src/ingest/byte-window'
import { ingest } from '../../src/ingest/ingest'
import { type DirectBlob, readPieces } from '../../src/ingest/slices'
import { makeTar } from './make-archives'

/** Bytes that can be had at once, as those of a file on the disk. */
class BytesAtHand extends Blob implements DirectBlob {
  constructor(private readonly held: Uint8Array<ArrayBuffer>) {
    super([held])
  }

  readInto(bytes: Uint8Array, offset: number): void {
    bytes.set(this.held.subarray(offset, offset + bytes.length))
  }
}

const LF = 10

/**
 * What comes out of a window that is emptied up to its last whole line, or to so many bytes
 * before that, time and again.
 */
async function readLineByLine(
  blob: Blob,
  { pieceBytes, isLeft = 0 }: { pieceBytes?: number | undefined; isLeft?: number } = {},
): Promise<Buffer> {
  const place = { bytesRead: 0 }
  const window = new ByteWindow(readPieces(blob, place, pieceBytes))
  const all: Buffer[] = []
  const take = (to: number): void => {
    all.push(Buffer.from(window.bytes.slice(window.from, to)))
    window.moveTo(to)
  }
  while (await window.more()) {
    const last = window.bytes.subarray(window.from, window.to).lastIndexOf(LF)
    if (last >= isLeft) take(window.from + last + 1 - isLeft)
  }
  take(window.to)
  expect(place.bytesRead).toBe(blob.size)
  return Buffer.concat(all)
}

/** Lines of these lengths, each of bytes that tell where they stand. */
function linesOf(lengths: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length + 1, 0))
  for (let i = 0; i < bytes.length; i++) bytes[i] = 32 + ((i * 7 + (i >>> 9)) % 90)
  let end = 0
  for (const length of lengths) bytes[(end += length + 1) - 1] = LF
  return bytes
}

const MB = 1024 * 1024

test('pieces hold what the Blob does, however long its lines are', async () => {
  const length = fc.oneof(
    fc.nat(3000),
    fc.constantFrom(MB, 2 * MB - 1, 2 * MB, 2 * MB + 1, 4 * MB - 1, 5 * MB + 7, 8 * MB),
  )
  const law = fc.asyncProperty(
    fc.array(length, { maxLength: 8 }),
    fc.constantFrom(undefined, 16 * 1024),
    fc.boolean(),
    async (lengths, pieceBytes, isOpen) => {
      const lines = linesOf(lengths)
      const bytes = isOpen ? lines.slice(0, -1) : lines
      for (const blob of [new Blob([bytes]), new BytesAtHand(bytes)])
        expect((await readLineByLine(blob, { pieceBytes })).equals(bytes)).toBe(true)
    },
  )
  await fc.assert(law, { numRuns: 12 })
})

test('no line is a piece by itself because two slices share it', async () => {
  const lines = linesOf(Array<number>(20 * 1024).fill(999))
  for (const blob of [new Blob([lines]), new BytesAtHand(lines)]) {
    const lengths: number[] = []
    for await (const piece of readPieces(blob, { bytesRead: 0 })) {
      expect(piece.at(-1)).toBe(LF)
      lengths.push(piece.length)
    }
    expect(Math.min(...lengths)).toBeGreaterThan(MB)
  }
})

test('a Blob may end anywhere in a slice', async () => {
  for (const at of [0, 2 * MB, 4 * MB, 10 * MB, 12 * MB])
    for (const size of [at - 1, at, at + 1].filter((bytes) => bytes >= 0)) {
      const bytes = linesOf([size]).subarray(0, size)
      for (const blob of [new Blob([bytes]), new BytesAtHand(bytes)])
        expect((await readLineByLine(blob)).equals(bytes)).toBe(true)
    }
})

test('what a window still holds of a piece outlasts the memory of its slice', async () => {
  // The first slice ends with a line, and others in the middle of one: they fit into it.
  const lines = linesOf([8 * MB - 1, ...Array<number>(40_000).fill(999)])
  for (const blob of [new Blob([lines]), new BytesAtHand(lines)])
    expect((await readLineByLine(blob, { isLeft: 1 })).equals(lines)).toBe(true)
})

/** A Blob whose stream ends or fails after so many bytes, as that of a changed file. */
class BrokenStream extends Blob {
  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    private readonly breakAt: number,
    private readonly how: 'fails' | 'ends' | 'refused',
  ) {
    super([bytes])
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { how } = this
    if (how === 'refused') return new ReadableStream()
    const reader = this.slice(0, this.breakAt).stream().getReader()
    return new ReadableStream({
      type: 'bytes',
      pull: async (controller) => {
        const { value, done } = await reader.read()
        if (!done) controller.enqueue(value)
        else if (how === 'fails') throw new Error('the stream is gone')
        else {
          controller.close()
          controller.byobRequest?.respond(0)
        }
      },
    })
  }
}

test('where a stream breaks off, or there is none, the rest is read all the same', async () => {
  const lines = linesOf(Array<number>(24 * 1024).fill(1023))
  for (const how of ['fails', 'ends', 'refused'] as const)
    for (const at of [0, 1, 2 * MB, 2 * MB + 1, 9 * MB]) {
      const blob = new BrokenStream(lines, at, how)
      expect((await readLineByLine(blob)).equals(lines)).toBe(true)
    }
})

/** Its file was changed after the stream had been opened. */
class ChangedFile extends Blob {
  override slice(): Blob {
    return { arrayBuffer: () => Promise.reject(new Error('it has changed')) } as Blob
  }
}

test('a file that is changed while it is streamed is told of at its end', async () => {
  const blob = new ChangedFile([linesOf(Array<number>(8 * 1024).fill(1023))])
  const place = { bytesRead: 0 }
  const reading = async (): Promise<void> => {
    for await (const piece of readPieces(blob, place)) expect(piece.length > 0).toBe(true)
  }
  await expect(reading()).rejects.toThrow('it has changed')
  expect(place.bytesRead).toBeGreaterThan(5 * MB)
})

/** A Blob that says whether its stream has been let go of, which may fail. */
class WatchedStream extends Blob {
  isCancelled = false

  constructor(
    private readonly held: Uint8Array<ArrayBuffer>,
    private readonly failure?: Error,
  ) {
    super([held])
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        controller.enqueue(this.held.slice(at, (at += MB)))
      },
      cancel: () => {
        this.isCancelled = true
        if (this.failure) throw this.failure
      },
    })
  }
}

describe('a stream is let go of', () => {
  const lines = linesOf(Array<number>(12 * 1024).fill(1023))

  test('when all that is wanted of it has been read', async () => {
    const blob = new WatchedStream(lines)
    await readLineByLine(blob)
    expect(blob.isCancelled).toBe(true)
  })

  test('when nobody wants the rest of its pieces, even where that fails', async () => {
    for (const failure of [undefined, new Error('the file is gone')]) {
      const blob = new WatchedStream(lines, failure)
      for await (const _ of readPieces(blob, { bytesRead: 0 })) break
      expect(blob.isCancelled).toBe(true)
    }
  })

  test.each<[string, Uint8Array]>([
    ['a file', lines],
    ['what is packed', gzipSync(lines, { level: 0 })],
    ['an archive', makeTar([{ name: 'a', bytes: lines }])],
    [
      'an archive that is packed',
      gzipSync(makeTar([{ name: 'a', bytes: lines }]), { level: 0 }),
    ],
  ])('when reading %s is stopped', async (_, bytes) => {
    const blob = new WatchedStream(new Uint8Array(bytes))
    const file = { id: 'a', name: 'a', blob }
    await ingest(file, new GrowingTable(), { signal: AbortSignal.abort() })
    expect(blob.isCancelled).toBe(true)
  })
})

test('memory is used again', async () => {
  const lines = linesOf(Array<number>(64 * 1024).fill(1023))
  const buffers = new Set<ArrayBufferLike>()
  for await (const { buffer } of readPieces(new BytesAtHand(lines), { bytesRead: 0 }))
    buffers.add(buffer)
  expect(buffers.size).toBeLessThan(5)
})

test('memory goes back to the stream, soon after it has been used', async () => {
  const blob = new Blob([linesOf(Array<number>(64 * 1024).fill(1023))])
  const buffers = new Set<ArrayBufferLike>()
  let most = 0
  for await (const { buffer } of readPieces(blob, { bytesRead: 0 })) {
    buffers.add(buffer)
    // What goes to a stream is taken from whoever had it.
    const held = [...buffers].filter(({ byteLength }) => byteLength > 0)
    most = Math.max(most, held.length)
  }
  expect(buffers.size).toBeGreaterThan(20)
  expect(most).toBeLessThan(5)
})
