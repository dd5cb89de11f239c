import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface PackedFile {
  readonly path: string
  readonly content: string | Uint8Array<ArrayBuffer>
}

/** Packed at once before others have their turn, bytes. */
const PIECE = 512 * 1024
/** The day that all files of a bundle are said to be of: the earliest a zip can say. */
const DAY = new Date(1980, 0, 1, 12)

/**
 * Packs files as a zip, the first of them stored as it is. On the thread it is called
 * on, in pieces: workers of the library would need a content policy of their own.
 */
export async function packFiles(files: readonly PackedFile[]): Promise<Blob> {
  const packed: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    packed.push(piece)
  })
  for (const [i, { path, content }] of files.entries()) {
    const file = i === 0 ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
    file.mtime = DAY
    zip.add(file)
    const bytes = typeof content === 'string' ? strToU8(content) : content
    for (let from = 0; from < bytes.length; from += PIECE) {
      file.push(bytes.subarray(from, from + PIECE), false)
      await giveWay()
    }
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  return new Blob(packed, { type: 'application/zip' })
}

/** Lets a page draw and answer. */
export const giveWay = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
