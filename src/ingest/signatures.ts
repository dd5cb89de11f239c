import { recogniseCloudLog } from './cloud-logs'
import { remedyText } from './wording'

/** A kind of file that is not read here, and what to do with it instead. */
export interface ForeignFile {
  /** With its article: `a PNG picture`. */
  readonly what: string
  /** One or more sentences, with a command where there is one. */
  readonly remedy: string
}

interface Signature extends ForeignFile {
  /** Latin-1 text of the bytes at `at` (default 0). */
  readonly magic: string
  readonly at?: number
}

const { choose, unpack, exported, convert, original, network } = remedyText
const { integration, custom } = remedyText
const query = (format: string) =>
  convert(`duckdb -c "COPY (FROM 'file.${format}') TO 'file.ndjson' (FORMAT json)"`)

const SIGNATURES: readonly Signature[] = [
  { magic: '\x89PNG', what: 'a PNG picture', remedy: choose() },
  { magic: '\xff\xd8\xff', what: 'a JPEG picture', remedy: choose() },
  { magic: 'GIF8', what: 'a GIF picture', remedy: choose() },
  { magic: '%PDF', what: 'a PDF document', remedy: choose() },
  { magic: '\xd0\xcf\x11\xe0', what: 'an old Office document', remedy: choose() },
  {
    magic: '\x28\xb5\x2f\xfd',
    what: 'a Zstandard archive',
    remedy: unpack('zstd -d file.zst'),
  },
  { magic: 'BZh', what: 'a bzip2 archive', remedy: unpack('bunzip2 file.bz2') },
  { magic: '\xfd7zXZ\x00', what: 'an xz archive', remedy: unpack('xz -d file.xz') },
  {
    magic: '\x04\x22\x4d\x18',
    what: 'an LZ4 archive',
    remedy: unpack('lz4 -d file.lz4'),
  },
  {
    magic: '7z\xbc\xaf\x27\x1c',
    what: 'a 7-Zip archive',
    remedy: unpack('7z x file.7z'),
  },
  { magic: 'Rar!', what: 'a RAR archive', remedy: unpack('unrar x file.rar') },
  { magic: 'MSCF', what: 'a cabinet archive', remedy: unpack('7z x file.cab') },
  {
    magic: 'LfLe',
    at: 4,
    what: 'an old Windows event log (EVT)',
    remedy: convert('wevtutil epl old.evt new.evtx /lf:true'),
  },
  // The mark of the first header, behind that of the first buffer.
  {
    magic: '\x02\x00\x02\xc0',
    at: 72,
    what: 'a Windows trace (ETL)',
    remedy: convert('tracerpt trace.etl -o trace.evtx -of EVTX'),
  },
  { magic: 'regf', what: 'a Windows registry hive', remedy: choose() },
  { magic: 'MAM\x04', what: 'a Windows prefetch file', remedy: choose() },
  { magic: 'SCCA', at: 4, what: 'a Windows prefetch file', remedy: choose() },
  { magic: 'SQLite format 3', what: 'an SQLite database', remedy: query('sqlite') },
  { magic: 'PAR1', what: 'a Parquet file', remedy: query('parquet') },
  { magic: 'Obj\x01', what: 'an Avro file', remedy: query('avro') },
  { magic: 'ARROW1', what: 'an Arrow file', remedy: query('arrow') },
  { magic: '\xd4\xc3\xb2\xa1', what: 'a packet capture (pcap)', remedy: network() },
  { magic: '\xa1\xb2\xc3\xd4', what: 'a packet capture (pcap)', remedy: network() },
  { magic: '\x0a\x0d\x0d\x0a', what: 'a packet capture (pcapng)', remedy: network() },
  { magic: 'MZ', what: 'a Windows program', remedy: choose() },
  { magic: '\x7fELF', what: 'a Linux program', remedy: choose() },
]

/** Recognises a file of another kind by its first bytes. */
export function recogniseForeign(head: Uint8Array): ForeignFile | undefined {
  return SIGNATURES.find(({ magic, at = 0 }) =>
    Array.from(magic).every((byte, i) => head[at + i] === byte.charCodeAt(0)),
  )
}

interface KnownText extends ForeignFile {
  readonly looks: (head: string) => boolean
}

/** All of these as keys of JSON. */
const hasKeys =
  (...names: readonly string[]) =>
  (head: string): boolean =>
    /^\s*[[{]/.test(head) && names.every((name) => head.includes(`"${name}"`))

const ZEEK = [
  hasKeys('id.orig_h', 'uid'),
  hasKeys('id_orig_h', 'uid'),
  hasKeys('fuid', 'tx_hosts'),
  (head: string) => /^\s*\{[^{}]*"@proc"\s*:\s*"zeek"/.test(head),
]

/** Texts that would pass for events, or for a table, and are something else. */
const KNOWN_TEXTS: readonly KnownText[] = [
  {
    looks: hasKeys('RuleTitle', 'Computer', 'Channel'),
    what: 'a timeline that Hayabusa made of event logs',
    remedy: original(),
  },
  {
    looks: (head) => head.startsWith('#separator') || ZEEK.some((has) => has(head)),
    what: 'a Zeek log',
    remedy: integration('Zeek'),
  },
  {
    looks: hasKeys('flow_id', 'event_type', 'src_ip'),
    what: 'a Suricata log',
    remedy: integration('Suricata'),
  },
  {
    looks: hasKeys('__REALTIME_TIMESTAMP', '_BOOT_ID'),
    what: 'an export of the systemd journal',
    remedy: integration('Custom Journald logs'),
  },
  {
    looks: hasKeys('hostIdentifier', 'calendarTime', 'unixTime'),
    what: 'results of osquery',
    remedy: integration('Osquery Logs'),
  },
  {
    looks: (head) => /^#Software: Microsoft Windows Firewall/m.test(head),
    what: 'the log of Windows Firewall',
    remedy: custom(),
  },
  {
    looks: (head) =>
      /^#Software: Microsoft Internet Information|^#Fields: .*\bcs-uri-stem\b/m.test(
        head,
      ),
    what: 'a log of the web server IIS (W3C)',
    remedy: integration('IIS'),
  },
  {
    looks: (head) =>
      /^(?:#(?:Version|Software|Date|Remark)[^\n]*\n){0,9}#Fields: /.test(head),
    what: 'a log in W3C format',
    remedy: custom(),
  },
  {
    looks: (head) => head.startsWith('DNS Server log file creation'),
    what: 'the debug log of a Windows DNS server',
    remedy: integration('Microsoft DNS Server'),
  },
]

/** Logs of lines, by what nearly every line has; those that other formats do not take. */
const KNOWN_LINES: readonly (ForeignFile & { readonly line: RegExp })[] = [
  {
    line: /^\S+ \S+ (?:\S+ )?\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/,
    what: 'an access log of a web server (Apache, nginx)',
    remedy: integration('Apache HTTP Server or Nginx'),
  },
  {
    // In JSON it stands in a field of an event.
    line: /^(?!\s*\{).*\b(?:CEF|LEEF):\d(?:\.\d)?\|/,
    what: 'CEF or LEEF, as SIEMs exchange it',
    remedy: integration('Common Event Format (CEF)'),
  },
  {
    line: /^(?:<\d{1,3}>\d? ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) [\w.:-]+ [\w./()-]+(?:\[\d+\])?:? (?!.*\{\s*")/,
    what: 'lines of syslog',
    remedy: integration('System'),
  },
]

/** Columns by which tables are known, and what they are. */
const KNOWN_TABLES: readonly (ForeignFile & { readonly columns: readonly string[] })[] = [
  {
    columns: ['MapDescription', 'PayloadData1'],
    what: 'a table that EvtxECmd made of an event log',
    remedy: original(),
  },
  {
    columns: ['RuleTitle', 'Computer', 'Channel'],
    what: 'a timeline that Hayabusa made of event logs',
    remedy: original(),
  },
  {
    columns: ['detections', 'path', 'count'],
    what: 'a table of what Chainsaw found in event logs',
    remedy: original(),
  },
  {
    columns: ['MACB', 'sourcetype', 'timezone'],
    what: 'a timeline of Plaso',
    remedy: original(),
  },
  {
    columns: ['Date and Time', 'Source', 'Event ID'],
    what: 'a list of events that Event Viewer saved as text',
    remedy: original(),
  },
]

/** Recognises texts of another kind by how they begin. */
export function recogniseForeignText(head: string): ForeignFile | undefined {
  const names = columnsOf(head)
  return (
    KNOWN_TEXTS.find(({ looks }) => looks(head)) ??
    recogniseCloudLog(head) ??
    KNOWN_TABLES.find(({ columns }) => columns.every((name) => names.includes(name)))
  )
}

/** Lines looked at, and the share of them that must look alike. */
const LINES = 50
const SHARE = 0.9

function recogniseLines(head: string): ForeignFile | undefined {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '')
  // The last one may be cut off.
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, LINES)
  if (whole.length === 0) return undefined
  return KNOWN_LINES.find(
    ({ line }) => whole.filter((each) => line.test(each)).length >= whole.length * SHARE,
  )
}

/** Recognises what no format has taken: logs of lines, XML, and tables of all kinds. */
export function recogniseForeignTable(head: string): ForeignFile | undefined {
  const log = recogniseLines(head)
  if (log) return log
  if (/^\s*<[A-Za-z!?]/.test(head)) return { what: 'XML or HTML', remedy: exported() }
  return isTable(head) ? { what: 'a table (CSV)', remedy: exported() } : undefined
}

/** Plain names, or titles over a line of as many values. */
function isTable(head: string): boolean {
  const names = columnsOf(head)
  if (names.length < 3) return false
  if (names.every((name) => /^[@\w.]+$/.test(name))) return true
  const values = columnsOf(head.slice(head.indexOf('\n') + 1))
  const areTitles = names.every((name) => /^[@\w][@\w. ()/-]*$/.test(name))
  return areTitles && values.length >= names.length
}

/** The names in the first line of a table. */
function columnsOf(head: string): readonly string[] {
  const [firstLine = ''] = head.split(/\r?\n/, 1)
  return firstLine.split(/[,;\t]/).map((name) => name.replace(/^"|"$/g, '').trim())
}

/**
 * Whether bytes are no text in any encoding that is read here: full of NULs. A log cut
 * off by a crash may end in NULs, so what begins as JSON is let pass.
 */
export function isBinary(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > SPACE)
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return false
  return head.filter((byte) => byte === 0).length > head.length / 10
}

const SPACE = 0x20
const OPEN_BRACKET = 0x5b
const OPEN_BRACE = 0x7b
