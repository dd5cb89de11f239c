/** How the characters of a text file are stored. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Reads the byte order mark, else tells UTF-16 by its zero bytes. */
export function detectEncoding(head: Uint8Array): { encoding: Encoding; mark: number } {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 }
  return { encoding: encodingByZeros(head.subarray(0, 64)), mark: 0 }
}

/** ASCII in UTF-16 has a zero in every other byte, and nowhere else. */
function encodingByZeros(head: Uint8Array): Encoding {
  const even = head.filter((byte, i) => i % 2 === 0 && byte === 0).length
  const odd = head.filter((byte, i) => i % 2 === 1 && byte === 0).length
  const most = head.length * 0.4
  if (head.length >= 4 && odd >= most && even === 0) return 'utf-16le'
  if (head.length >= 4 && even >= most && odd === 0) return 'utf-16be'
  return 'utf-8'
}

/** Turns UTF-16 into UTF-8; what is no valid character becomes U+FFFD. */
export async function* toUtf8(
  pieces: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const encoder = new TextEncoder()
  for await (const piece of pieces)
    yield encoder.encode(decoder.decode(piece, { stream: true }))
  const rest = decoder.decode()
  if (rest) yield encoder.encode(rest)
}
