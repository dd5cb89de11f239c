import { expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { readPieces } from '../../src/ingest/slices'

/** What Chromium itself is asked for: https://chromedevtools.github.io/devtools-protocol. */
interface Session {
  send(method: 'HeapProfiler.collectGarbage'): Promise<unknown>
}

const MB = 1024 * 1024
const PARTS = 24
const TIMES = 12

test('a Blob is read to its end, whatever Chromium takes for garbage meanwhile', async () => {
  const session = cdp() as unknown as Session
  const parts = Array.from({ length: PARTS }, (_, at) => new Uint8Array(MB).fill(at))
  const blob = new Blob(parts)
  let done = 0
  const countBytes = async (): Promise<readonly number[]> => {
    const counts: number[] = Array<number>(PARTS).fill(0)
    for await (const piece of readPieces(blob, { bytesRead: 0 }))
      for (const part of piece) counts[part]!++
    done++
    return counts
  }
  const reading = Promise.all(Array.from({ length: TIMES }, countBytes))
  while (done < TIMES) await session.send('HeapProfiler.collectGarbage')
  for (const counts of await reading) expect(counts).toEqual(Array(PARTS).fill(MB))
}, 60_000)
