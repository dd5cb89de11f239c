import { isAuditLine, readAuditLine } from '../auditd/audit-line'
import { AuditJoiner } from '../auditd/audit-joiner'
import { mapAudit } from '../auditd/map-audit'
import type { ByteWindow } from '../byte-window'
import type { Format } from '../format'
import type { Place } from '../place'
import type { RecordReader } from '../record-reader'
import { badRecordText } from '../wording'
import { auditText } from './wording'

/**
 * The audit log of Linux: `type=… msg=audit(time:number): key=value …`, several lines an
 * event, plain or behind what syslog puts before a line.
 */
export const auditd: Format = {
  name: 'auditd',
  recognises: ({ text }) =>
    !/^\s*[{[<]/.test(text) && text.split('\n', LINES_TRIED).some(isAuditLine),
  read: (window, reader) => new AuditLog(window, reader).read(),
}

const LINES_TRIED = 20
const LF = 0x0a
/** Longer than the kernel ever makes one. */
const MAX_LINE = 1024 * 1024

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

class AuditLog {
  private line = 0
  private readonly joiner: AuditJoiner

  constructor(
    private readonly window: ByteWindow,
    private readonly reader: RecordReader,
  ) {
    this.joiner = new AuditJoiner(({ lines, place }) => {
      reader.acceptRecord(mapAudit(lines), place, 'auditd')
    })
  }

  async read(): Promise<void> {
    const { window, reader } = this
    let isLost = false
    while (!reader.isStopped) {
      const { bytes, from, to } = window
      const end = bytes.subarray(from, to).indexOf(LF)
      const isLong = end < 0 && window.length > MAX_LINE
      if (end >= 0 || isLong) {
        if (!isLost) this.take(isLong ? to : from + end, isLong)
        else window.moveTo(isLong ? to : from + end)
        if (!isLong) window.moveTo(window.from + 1)
        isLost = isLong
      } else if (!(await window.more())) break
      if (reader.isDue) await reader.rest()
    }
    if (window.isDone && !isLost && window.length > 0) this.take(window.to, false)
    this.joiner.endAll()
  }

  /** Takes the line from the beginning of the window up to an index. */
  private take(end: number, isTooLong: boolean): void {
    const { window, reader } = this
    const { bytes, from, offset } = window
    const text = decoder.decode(bytes.subarray(from, end)).replace(/\r$/, '')
    const place: Place = { offset, length: end - from, line: ++this.line }
    window.moveTo(end)
    if (text.trim() === '' || text.startsWith('----')) return
    if (isTooLong)
      return reader.bad.addPlace(place, badRecordText.tooLong(MAX_LINE), text)
    const line = readAuditLine(text)
    if (line) this.joiner.add(line, place)
    else reader.bad.addPlace(place, auditText.notALine(text), text)
  }
}
