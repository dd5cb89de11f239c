const CHUNK = 4 * 1024 * 1024

/**
 * An id made of the content alone, so that a file opened in two sessions is stored once:
 * SHA-256 over the SHA-256 of each 4 MiB, and the size. Never holds more than one piece.
 * Where the browser offers no hashing (plain http), the id is random and nothing is shared.
 */
export async function readContentId(blob: Blob): Promise<string> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle
  if (subtle === undefined) return randomId()
  const hashes: Uint8Array[] = []
  for (let at = 0; at < blob.size; at += CHUNK) {
    const piece = await blob.slice(at, at + CHUNK).arrayBuffer()
    hashes.push(new Uint8Array(await subtle.digest('SHA-256', piece)))
  }
  const whole = await new Blob(hashes as BlobPart[]).arrayBuffer()
  const digest = new Uint8Array(await subtle.digest('SHA-256', whole))
  return `${hex(digest.subarray(0, 16))}-${blob.size.toString(36)}`
}

/** 128 random bits as text. Unlike `crypto.randomUUID` it works on plain http too. */
export function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
