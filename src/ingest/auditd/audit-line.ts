/** One line of the audit log of Linux, as it stands there. */
export interface AuditLine {
  /** The machine it came from, if it says so. */
  readonly host: string | undefined
  /** Such as `SYSCALL`. */
  readonly type: string
  /** Seconds since 1970, with the digits that the line has. */
  readonly epoch: string
  /** The same for all lines of one event. */
  readonly serial: string
  /** Values without their quotes, and which of them had some. */
  readonly fields: ReadonlyMap<string, AuditValue>
}

export interface AuditValue {
  readonly text: string
  /** Without quotes, a text may be written as hexadecimal numbers. */
  readonly isQuoted: boolean
}

/** What begins a line; auoms leaves `msg=` out. */
const BEGIN =
  /(?:^|\s)(?:node=(\S+) )?type=([A-Z][A-Z0-9_]*|UNKNOWN\[\d+\]) (?:msg=)?audit\((\d{1,12}(?:\.\d{1,9})?):(\d{1,20})\):?/
/** Of syslog: the machine behind the date. */
const SYSLOG =
  /^(?:<\d+>)?(?:\d )?(?:[A-Z][a-z]{2} +\d+ [\d:]+|\d{4}-\d\d-\d\dT\S+) (\S+) /
/** Keys of two words, as older kernels write them. */
const OLD_AND_NEW = /\b(old|new) (auid|ses)=/g
/** What an enriched line says once more, with names for numbers, follows this. */
const ENRICHED = '\x1d'

/** Whether a text may be a line of the audit log. */
export const isAuditLine = (text: string): boolean => BEGIN.test(text)

/**
 * Reads a line; undefined if it is none. Of enriched lines the names in the tail come
 * under their own keys, which are in capitals.
 * https://github.com/linux-audit/audit-documentation/wiki
 */
export function readAuditLine(text: string): AuditLine | undefined {
  const found = BEGIN.exec(text)
  if (!found) return undefined
  const [begin, node, type = '', epoch = '', serial = ''] = found
  const fields = new Map<string, AuditValue>()
  const rest = text.slice(found.index + begin.length).replace(OLD_AND_NEW, '$1-$2=')
  for (const part of rest.split(ENRICHED)) readFields(part, fields, 0)
  const host = node ?? SYSLOG.exec(text.slice(0, found.index + 1))?.[1]
  return { host, type, epoch, serial, fields }
}

/**
 * Without quotes, a value goes on up to the next key. A key begins where no word goes on:
 * otherwise a long word would be looked through from each of its letters.
 */
const FIELD =
  /(?<![\w-])([A-Za-z_][\w-]*(?:\[\d+\])?)=("[^"]*"|'[^']*'|\S*(?: (?![^\s=]*=)\S+)*)/g

/** `msg='…'` holds fields itself; of keys that come twice the first one counts. */
function readFields(text: string, fields: Map<string, AuditValue>, depth: number): void {
  for (const [, key = '', value = ''] of text.matchAll(FIELD)) {
    const isQuoted = /^(["']).*\1$/s.test(value) && value.length > 1
    const bare = isQuoted ? value.slice(1, -1) : value
    if (key === 'msg' && value.startsWith("'") && depth === 0)
      readFields(bare, fields, depth + 1)
    else if (!fields.has(key)) fields.set(key, { text: bare, isQuoted })
  }
}
