import { ChunkReader } from '../../../src/ingest/evtx/chunk-reader'
import { printXml } from '../../../src/ingest/evtx/print-xml'

/** What is in a log: each event as XML, and each damage as the number of its block and its code. */
export function printLog(file: Uint8Array): readonly string[] {
  const lines: string[] = []
  const reader = new ChunkReader()
  for (let at = 4096, block = 1; at < file.length; at += 0x10000, block++)
    reader.readChunk(file.subarray(at, at + 0x10000), {
      onRecord: (root) => lines.push(printXml(root)),
      onDamage: (code, place) => lines.push(`${block}: ${code} at ${place}`),
    })
  return lines
}
