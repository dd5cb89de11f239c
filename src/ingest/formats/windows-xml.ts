import type { ByteWindow } from '../byte-window'
import type { Format, Head } from '../format'
import type { RecordReader } from '../record-reader'
import { EventCutter, MAX_EVENT } from '../windows/event-cutter'
import { readWindowsEvent } from '../windows/from-xml'
import { parseXml } from '../windows/parse-xml'
import { nameVariant } from '../windows/providers'
import { EVENT_START } from '../windows/xml-record'
import { windowsText } from '../windows/wording'

/**
 * Events as XML: what the Event Viewer saves, what wevtutil and evtx_dump print, lines of
 * NXLog and Splunk, and lines of syslog that end in an event, as Sysmon for Linux sends
 * them (events-formats.md 5, 6). What stands between the events is passed over.
 */
export const windowsXml: Format = {
  name: 'Windows event XML',
  recognises: ({ text }: Head) => !/^\s*[{[]/.test(text) && EVENT_START.test(text),
  read: (window, reader) => new XmlReader(window, reader).read(),
}

const EXCERPT_BYTES = 200
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

class XmlReader {
  private readonly cutter: EventCutter

  constructor(
    private readonly window: ByteWindow,
    private readonly reader: RecordReader,
  ) {
    this.cutter = new EventCutter(window)
  }

  async read(): Promise<void> {
    const { window, reader } = this
    for (;;) {
      while (!reader.isStopped && this.readNext()) if (reader.isDue) await reader.rest()
      if (reader.isStopped || window.isDone) return
      await window.more()
    }
  }

  /** False when more bytes are needed. */
  private readNext(): boolean {
    const { cutter, window } = this
    if (!cutter.findStart()) return false
    const cut = cutter.findEnd()
    if (cut.kind === 'needs-more') return false
    if (cut.kind === 'event') this.readEvent(cut.end)
    else {
      const isCutOff = cut.kind === 'unended'
      this.refuse(isCutOff ? windowsText.cutOff() : windowsText.tooLong(MAX_EVENT))
      cutter.pass(cut.next)
    }
    return window.length > 0
  }

  private readEvent(end: number): void {
    const { cutter, reader } = this
    const { bytes, from, offset } = this.window
    const parsed = parseXml(decoder.decode(bytes.subarray(from, end)))
    if (parsed) {
      const event = readWindowsEvent(parsed)
      const place = { offset, length: end - from, line: cutter.line }
      reader.acceptWindows(event, place, nameVariant(event, 'XML'))
    } else this.refuse(windowsText.notXml())
    cutter.pass(end)
  }

  private refuse(reason: string): void {
    const { bytes, from, to } = this.window
    const excerpt = bytes.subarray(from, Math.min(to, from + EXCERPT_BYTES))
    this.reader.bad.add(this.cutter.line, reason, decoder.decode(excerpt))
  }
}
