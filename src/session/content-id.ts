const CHUNK = 4 * 1024 * 1024
/** Pieces read or hashed side by side: neither is waited for while there is the other. */
const AT_ONCE = 4

/**
 * An id made of the content alone, so that a file opened in two sessions is stored once:
 * SHA-256 over the SHA-256 of each 4 MiB, and the size. Never holds more than a few pieces.
 * Where the browser offers no hashing (plain http), the id is random and nothing is shared.
 */
export async function readContentId(blob: Blob): Promise<string> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle
  if (subtle === undefined) return randomId()
  const hashes: Uint8Array[] = []
  let next = 0
  const hashPieces = async (): Promise<void> => {
    while (next * CHUNK < blob.size) {
      const number = next++
      const from = number * CHUNK
      const piece = await blob.slice(from, from + CHUNK).arrayBuffer()
      hashes[number] = new Uint8Array(await subtle.digest('SHA-256', piece))
      giveBack(piece)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, hashPieces))
  const whole = await new Blob(hashes as BlobPart[]).arrayBuffer()
  const digest = new Uint8Array(await subtle.digest('SHA-256', whole))
  return hex(digest.subarray(0, 16)) + sizeIn(blob)
}

const sizeIn = (blob: Blob): string => `-${blob.size.toString(36)}`

/** An id for as long as the content was not hashed: the same for the file opened again. */
export const provisionalId = (name: string, blob: Blob): string =>
  `unhashed ${name}${sizeIn(blob)}`

/** Whether an id may be that of a Blob, as far as its size tells. */
export const mayBeOf = (id: string, blob: Blob): boolean => id.endsWith(sizeIn(blob))

/** What goes with a message to nobody is free at once, not at the next collection. */
function giveBack(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel()
  port2.close()
  port1.postMessage(undefined, [buffer])
  port1.close()
}

/** 128 random bits as text. Unlike `crypto.randomUUID` it works on plain http too. */
export function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
