import { CHUNK_SIZE } from './evtx/chunk-bytes'
import { printXml } from './evtx/print-xml'
import { chunkStart, readEvtxRecord } from './evtx/read-evtx'
import type { RecordSpans } from './record-spans'

/** Where the records are to be had that came from one file. */
export interface OriginalPart {
  /** 0-based position in the source of its first event. */
  readonly first: number
  /** What the spans of its events are of. */
  readonly blob: Blob
  /** Text in UTF-8, or a Windows event log. */
  readonly kind: 'text' | 'evtx'
}

/** The records of one source as they came. */
export class Originals {
  constructor(
    /** One, or of an archive one for each file that was read, in their order. */
    private readonly parts: readonly OriginalPart[],
    private readonly spans: RecordSpans,
  ) {}

  /**
   * The text of an event, by its 0-based position in the source; one of a binary log is
   * printed as XML.
   */
  async text(indexInSource: number): Promise<string> {
    const part = this.parts.findLast(({ first }) => first <= indexInSource)
    if (!part) return ''
    const [from, to] = this.spans.at(indexInSource)
    if (part.kind === 'evtx') return printEvtxRecord(part.blob, from)
    const bytes = await part.blob.slice(from, to).arrayBuffer()
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  }
}

async function printEvtxRecord(blob: Blob, offset: number): Promise<string> {
  const start = chunkStart(offset)
  const chunk = await blob.slice(start, start + CHUNK_SIZE).arrayBuffer()
  const record = readEvtxRecord(new Uint8Array(chunk), offset)
  return record ? printXml(record) : ''
}
