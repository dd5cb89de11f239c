const SLICE = 32 * 1024 * 1024
const NEWLINE = 10

/**
 * What every time is compared with: decode, split and JSON.parse of every line of a file,
 * nothing kept. Reads it as the engine does, the next slice while one is parsed.
 */
export async function parseEveryLine(blob: Blob): Promise<number> {
  const decoder = new TextDecoder()
  let events = 0
  let rest = ''
  let next = readSlice(blob, 0)
  for (let at = 0; at < blob.size; at += SLICE) {
    const slice = await next
    next = readSlice(blob, at + SLICE)
    const end = slice.lastIndexOf(NEWLINE) + 1
    events += parseLines(rest + decoder.decode(slice.subarray(0, end)))
    rest = decoder.decode(slice.subarray(end))
  }
  return events + parseLines(rest)
}

function parseLines(text: string): number {
  let events = 0
  for (const line of text.split('\n'))
    if (line !== '' && JSON.parse(line) !== null) events++
  return events
}

/** Only read, to tell what of a time is the disk's or the browser's. */
export async function readEverySlice(blob: Blob): Promise<void> {
  for (let at = 0; at < blob.size; at += SLICE) await readSlice(blob, at)
}

const readSlice = async (blob: Blob, from: number): Promise<Uint8Array> =>
  new Uint8Array(await blob.slice(from, from + SLICE).arrayBuffer())
