import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { guessFormats, printBytes } from '../../src/ingest/guess-formats'
import { makeTar, makeZip, toBytes } from './make-archives'
import { fieldsOf, readBlob } from './print-events'

const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const at = (offset: number, text: string): Uint8Array => {
  const bytes = new Uint8Array(512)
  bytes.set(latin1(text), offset)
  return bytes
}

describe('what is known but not read is refused by name, with a way out', () => {
  const cases: readonly [what: string, bytes: Uint8Array | string, says: RegExp][] = [
    ['Zstandard', latin1('\x28\xb5\x2f\xfd...'), /Zstandard.*zstd -d/],
    ['bzip2', 'BZh91AY&SY', /bzip2.*bunzip2/],
    ['xz', latin1('\xfd7zXZ\0..'), /an xz archive.*xz -d/],
    ['7-Zip', latin1('7z\xbc\xaf\x27\x1c'), /7-Zip.*7z x/],
    ['RAR', 'Rar!\x1a\x07', /RAR.*unrar x/],
    ['EVT', at(4, 'LfLe'), /\(EVT\).*wevtutil epl/],
    ['ETL', at(72, '\x02\0\x02\xc0'), /\(ETL\).*tracerpt/],
    ['pcap', latin1('\xd4\xc3\xb2\xa1\x02\0'), /packet capture.*packetbeat/],
    ['pcapng', latin1('\x0a\x0d\x0d\x0a'), /packet capture.*packetbeat/],
    ['Parquet', 'PAR1....', /Parquet.*duckdb/],
    ['SQLite', 'SQLite format 3\0', /SQLite.*duckdb/],
    ['a hive', 'regf', /registry hive/],
    ['Zeek', '#separator \\x09\n#fields\tts\tuid\n', /Zeek log/],
    ['Zeek as JSON', '{"ts":1,"uid":"C","id.orig_h":"10.0.0.1"}\n', /Zeek log/],
    [
      'IIS',
      '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-03-01 10:00:00\n#Fields: date time s-ip cs-method cs-uri-stem sc-status\n2026-03-01 10:00:00 10.0.0.1 GET / 200\n',
      /web server IIS.*IIS integration/,
    ],
    [
      'IIS without its name',
      '#Fields: date time cs-method cs-uri-stem\n2026-03-01 10:00:00 GET /\n',
      /IIS/,
    ],
    [
      'Windows Firewall',
      '#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action protocol\n2026-03-01 10:00:00 ALLOW TCP\n',
      /Windows Firewall.*ECS/,
    ],
    [
      'another W3C log',
      '#Version: 1.0\n#Fields: x-time c-ip\n10:00 10.0.0.1\n',
      /W3C format/,
    ],
    [
      'Apache',
      '10.0.0.1 - ann [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n'.repeat(
        3,
      ),
      /Apache, nginx.*integration/,
    ],
    ['CEF', 'Mar  1 10:00:00 fw CEF:0|A|B|1|2|c|3|src=1\n'.repeat(3), /CEF.*integration/],
    ['LEEF', 'LEEF:2.0|A|B|1|login|src=1\n'.repeat(3), /LEEF/],
    [
      'syslog',
      'Mar  1 10:00:00 h sshd[1]: Accepted key\n'.repeat(3),
      /lines of syslog.*System/,
    ],
    [
      'syslog with years',
      '<86>1 2026-03-01T10:00:00.1Z h sshd 12 - - Accepted\n2026-03-01T10:00:01+01:00 h su: x\n',
      /lines of syslog/,
    ],
    [
      'the DNS debug log',
      'DNS Server log file creation at 3/1/2026\n',
      /Windows DNS server/,
    ],
    [
      'the journal',
      '{"__REALTIME_TIMESTAMP":"1","_BOOT_ID":"a","MESSAGE":"x"}\n',
      /systemd journal.*Journald/,
    ],
    [
      'osquery',
      '{"name":"p","hostIdentifier":"h","calendarTime":"x","unixTime":1}\n',
      /osquery.*Osquery/,
    ],
    ['Suricata', '{"flow_id":1,"event_type":"dns","src_ip":"1.2.3.4"}\n', /Suricata/],
    [
      'EvtxECmd, table',
      'RecordNumber,EventRecordId,MapDescription,PayloadData1\n1,1,a,b\n',
      /EvtxECmd.*Open the event logs/,
    ],
    ['Hayabusa', '"Timestamp","RuleTitle","Level","Computer","Channel"\n', /Hayabusa/],
    ['Chainsaw', 'timestamp,detections,path,count,Event.System.Provider\n', /Chainsaw/],
    [
      'a table of something else',
      'Event Type,Event Name (raw),Alert\nGet,GetObject,"a, b"\n',
      /table \(CSV\)/,
    ],
    ['Plaso', 'date,time,timezone,MACB,source,sourcetype,type\n', /Plaso/],
    [
      'Event Viewer',
      'Level,Date and Time,Source,Event ID,Task Category\n',
      /Event Viewer/,
    ],
  ]
  test.each(cases)('%s', async (_, content, says) => {
    const bytes = toBytes(content)
    for (const stored of [bytes, gzipSync(bytes), makeTar([{ name: 'x', bytes }])]) {
      const { report } = await readBlob([stored as Uint8Array<ArrayBuffer>])
      expect(report.problem).toMatch(says)
      expect(report.events).toBe(0)
    }
  })
})

describe('what is not known', () => {
  const cases: readonly [first: string, text: string][] = [
    ['CEF or LEEF', '<134>Mar  1 10:00:00 fw CEF:0|A|B|1|2|c|3|src=1 dst=2\n'],
    ['Syslog lines', 'Mar  1 10:00:00 host sshd[1]: Accepted publickey\n'],
    ['Pairs of name=value', 'level=info msg=started pid=12\n'],
    ['JSON with something before', '10:00 app {"a": 1, "b": 2}\n'],
    ['A log of a program', '2026-03-01 10:00:00 started\n'],
    ['YAML, or a listing', 'title: x\nlogsource:\n  category: y\n'],
    ['A table without names', 'a|b|c d\n'],
    ['Plain text', 'Dear reader,\nthis is a letter.\n'],
  ]
  test.each(cases)('may be: %s', async (first, text) => {
    const { report } = await readBlob([text.repeat(20)])
    expect(report.events).toBe(0)
    expect(report.guess?.guesses.length).toBeLessThanOrEqual(3)
    expect(report.guess?.guesses[0]?.format).toMatch(new RegExp(`^${first}`))
    expect(report.guess?.firstBytes).toMatch(/^00000000 {2}/)
  })

  test('binary data is packed, or has fields', () => {
    let seed = 1
    const noise = Uint8Array.from({ length: 4096 }, () => {
      seed = (seed * 48_271) % 0x7fffffff
      return seed & 0xff
    })
    expect(guessFormats(noise).guesses[0]?.format).toMatch(/^Packed or encrypted/)
    const fields = noise.map((byte, i) => (i % 4 === 0 ? byte : 0))
    expect(guessFormats(fields).guesses[0]?.format).toMatch(/^A binary log/)
  })

  test('bytes are shown as numbers and as text', () => {
    expect(printBytes(latin1('LfLe\0and then some'))).toBe(
      [
        '00000000  4c 66 4c 65 00 61 6e 64 20 74 68 65 6e 20 73 6f  LfLe.and then so',
        '00000010  6d 65                                            me',
      ].join('\n'),
    )
  })

  test('only where nothing was found', async () => {
    const { report } = await readBlob(['{"a":1}\nfoo\n'])
    expect(report).toMatchObject({ events: 1, badCount: 1 })
    expect(report.guess).toBeUndefined()
  })
})

test('lines that only begin like a log of another kind are read', async () => {
  const lines = ['Mar  1 10:00:00 host app[1]: started', '{"n":1}', '{"n":2}', '{"n":3}']
  const { report } = await readBlob([lines.join('\n')])
  expect(report).toMatchObject({ events: 3, badCount: 1 })
})

test('events that hold a line of CEF are no CEF', async () => {
  const line = (n: number) => `{"n":${n},"message":"CEF:0|A|B|1|2|c|3|src=1"}`
  const { report } = await readBlob([[1, 2, 3].map(line).join('\n')])
  expect(report).toMatchObject({ events: 3, format: 'NDJSON' })
})

test('events behind many empty lines are read', async () => {
  const { report } = await readBlob([`${'\n'.repeat(200_000)}{"n":1}\n`])
  expect(report).toMatchObject({ events: 1, format: 'NDJSON' })
})

test('what a person says goes before what the content says', async () => {
  const text = '{"n":1}\n{"n":2}\n'
  for (const format of ['NDJSON', 'JSON objects']) {
    const { report } = await readBlob([text], { readAs: { format } })
    expect(report).toMatchObject({ format, events: 2 })
  }
})

test('of an archive, files can be left out', async () => {
  const members = ['a', 'b', 'c'].map((name) => ({ name, bytes: `{"n":"${name}"}\n` }))
  for (const bytes of [makeZip(members), makeTar(members)]) {
    const blob = bytes as Uint8Array<ArrayBuffer>
    const { report } = await readBlob([blob], { readAs: { leaveOut: [1] } })
    expect(report.parts?.map(({ name, events }) => [name, events])).toEqual([
      ['a', 1],
      ['b', 0],
      ['c', 1],
    ])
  }
})

test('originals of event logs are XML, however they were packed', async () => {
  const log = readFileSync(new URL('samples/evtx/incident.evtx', import.meta.url))
  const plain = await readBlob([log])
  const { events } = plain.report
  expect(events).toBeGreaterThan(0)
  const member = { name: 'a.evtx', bytes: new Uint8Array(log) }
  const before = { name: 'b.ndjson', bytes: '{"n":1}\n' }
  for (const [packed, first] of [
    [gzipSync(log), 0],
    [makeZip([before, member]), 1],
    [makeZip([before, { ...member, method: 0 }]), 1],
    [makeTar([before, member]), 1],
  ] as const) {
    const read = await readBlob([packed as Uint8Array<ArrayBuffer>])
    expect(read.report.events).toBe(first + events)
    for (let row = 0; row < events; row++) {
      const text = await read.originals.text(first + row)
      expect(text).toMatch(/^<Event /)
      expect(text).toBe(await plain.originals.text(row))
    }
  }
})

test.each(['simd', 'scalar', 'none'] as const)(
  'short objects at the end of a long file are all read: %s',
  async (encoder) => {
    const long = `{"n":\n"${'x'.repeat(100_000)}"}`
    const { report, table } = await readBlob([`${long}\n{"n":2}\n{"n":3}\n{"n":4}\n`], {
      encoder,
    })
    expect(report).toMatchObject({ format: 'JSON objects', events: 4, badCount: 0 })
    expect(fieldsOf(table, 3)).toMatchObject({ n: 4 })
  },
)

test.each([
  ['a catalogue', '{"files":[{"name":"a"},{"name":"b"}]}', 1],
  ['events of which one says when it was', '{"a":1}\n{"@timestamp":"2026-03-02"}', 0],
  ['no event', '[]', 0],
])(
  'of %s it is said that they may be none where no time is said',
  async (_, text, count) => {
    const { notes = [] } = (await readBlob(text)).report
    expect(notes.filter((note) => note.includes('may be no events at all'))).toHaveLength(
      count,
    )
  },
)
