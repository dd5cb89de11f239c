import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { FlatMapper } from '../../src/ingest/flat/flat-mapper'
import type { ReadAs } from '../../src/ingest/read-as'
import { readBlob } from './print-events'
import { expectSameTables } from './same-tables'

/*
 * Flat events of Windows are mapped by the codes of their values where the encoder reads
 * them, and one by one where it does not. It makes no difference.
 */

const RUNS = Number(process.env['FLAT_RUNS'] ?? 60)

const words = (text: string) => text.trim().split(/\s+/)

const SYSMON = 'Microsoft-Windows-Sysmon'
const LOGS = [
  [
    SYSMON,
    `${SYSMON}/Operational`,
    '1 2 3 5 6 7 8 9 10 11 12 13 14 15 17 20 22 23 25 255',
  ],
  [
    'Microsoft-Windows-Security-Auditing',
    'Security',
    `1102 4624 4634 4648 4656 4657 4663 4672 4688 4689 4697 4698 4702 4728 4738 4742 4756
     4768 4778 4781 4964 5136 5140 5145 5156`,
  ],
  ['Microsoft-Windows-Security-Auditing', 'security', '4624 4688 5156'],
  [
    'Microsoft-Windows-PowerShell',
    'Microsoft-Windows-PowerShell/Operational',
    '4103 4104 4105',
  ],
  ['PowerShell', 'Windows PowerShell', '400 600 800'],
  ['Service Control Manager', 'System', '7045'],
  ['Linux-Sysmon', 'Linux-Sysmon/Operational', '1 3 5'],
] as const

const log = fc.constantFrom(...LOGS).chain(([provider, channel, codes]) =>
  fc.record(
    {
      SourceName: fc.constant(provider),
      Channel: fc.constant(channel),
      EventID: fc
        .constantFrom(...words(codes))
        .chain((code) =>
          fc.constantFrom<string | number>(code, Number(code), Number(code)),
        ),
    },
    { requiredKeys: ['Channel', 'EventID'] },
  ),
)

const DATA = words(`
  RuleName UtcTime ProcessGuid ProcessId Image SourceProcessGUID SourceProcessId SourceImage
  CommandLine ParentCommandLine ParentImage OriginalFileName Company Hashes TargetFilename
  ImageLoaded PipeName Protocol DestinationPortName SourcePortName SourceIp SourcePort
  DestinationIp DestinationHostname Initiated SourceIsIpv6 QueryName QueryResults QueryStatus
  User Type TargetObject Details EventType Signed SignatureStatus Archived
  SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TargetUserSid TargetSid
  TargetUserName TargetDomainName TargetLogonId LogonType NewProcessId NewProcessName
  ParentProcessName ProcessName IpAddress IpPort WorkstationName ObjectType ObjectName
  AccessMask NewUacValue PrivilegeList MemberName Direction SourceAddress DestPort DestAddress
  Application RelativeTargetName ShareLocalPath ShareName ServiceName ServiceType TaskName
  TaskContent OldTargetUserName NewTargetUserName ClientAddress LogonID
  ScriptBlockText ScriptBlockId MessageNumber Path ContextInfo Payload param1 param2 Other
  CreationUtcTime ProcessID`)

const time = fc.constantFrom(
  '2026-02-03 14:20:01.500',
  '2026-02-03 14:20:01',
  '2026-02-03T14:20:01.5000001Z',
  '2026-02-03T18:20:02.25Z',
  '2026-02-03 18:20:03Z',
  '2026-02-03T14:20:01.123456789Z',
  '2026-02-03 02:21:00.001',
  '2026-02-03T14:20:01+01:00',
  '2026-02-03',
  '1969-12-31 23:59:59.9',
  '2026-02-30 14:20:01',
  'yesterday',
  '-',
)

const text = fc.constantFrom(
  ...['', '-', '{00000000-0000-0000-0000-000000000000}', 'true', 'false', 'Valid', '0'],
  ...[
    '44',
    '0x1f4',
    '049',
    '12345678901',
    '18446744073709551616',
    '-7',
    '443',
    '%%14592',
  ],
  ...['C:\\Windows\\System32\\cmd.exe', 'C:\\a.b\\c', 'plain', '/usr/bin/ls', 'dir\\'],
  ...['"C:\\a b\\c.exe" -k "x ""y"" \\"z"', 'a  b', 'LAB\\ann', 'LAB\\x\\ann', '\\ann'],
  ...['10.0.0.1', '::ffff:10.0.0.2', 'fe80::1%12', '::1', 'no.address'],
  ...['SHA1=AB01,MD5=0000,IMPHASH=cd', 'www.example.co.uk', 'dc01.corp.local'],
  ...['type:  5 a.example.net;::ffff:10.0.0.3;10.0.0.1;', 'DWORD (0x0000000a)'],
  ...[
    'QWORD (0x00000001-0x00000002)',
    'Binary Data',
    'HKLM\\Software\\K\\V',
    'HKEY_USERS',
  ],
  ...['\\REGISTRY\\MACHINE\\K', 'Key', 'CreateKey', 'DeleteValue', 'INFO', 'SetValue'],
  ...['&lt;Task/&gt;', '&#45;', 'a&b', 'two\r\nlines\r\n', '\n', 'tab\there', 'Übung ✓'],
  ...['CN=ann,OU=a,OU=b,DC=example', 'ann@EXAMPLE.NET', 'SeA\r\n\t\tSeB', '3', '0x10'],
  ...['HostApplication=a "b c"\nHostName=x\nUser = LAB\\bo', '2026-02-03T14:20:01.5Z'],
  ...['<Task xmlns="x"><Actions><Exec><Command>cmd</Command></Exec></Actions></Task>'],
)
const odd = fc.constantFrom<unknown>(
  ...[null, true, 0, -0, 7, 1.5, 1e21, 2 ** 53, -5, [], ['a', 'b'], [1], { a: 'b' }, {}],
)
const value = fc.oneof({ weight: 12, arbitrary: text }, { weight: 1, arbitrary: odd })

/** As Sysmon's are, and such as do not fit the data. */
const message = fc.oneof(
  fc.constantFrom(
    'Title:',
    'Title:\r\nRuleName: x',
    'A: 1\r\nB: 2\n',
    'A: 1\r\r\nB: 2',
    'A: 1\r\nB: 2',
    '\r\n',
    '',
    'a\\r\\n',
  ),
  fc
    .array(fc.tuple(fc.constantFrom(...DATA), text), { maxLength: 6 })
    .map((lines) =>
      ['T:', ...lines.map(([name, said]) => `${name}: ${said}`)].join('\r\n'),
    ),
)

const common = {
  Message: message,
  ProviderGuid: fc.constantFrom('{0A}', '5770385f-c22a-43e0-bf4c-06f5698ffbd9'),
  Level: fc.constantFrom<unknown>('4', 4, '0', '9'),
  Task: fc.constantFrom<unknown>('1', 12288, 7),
  Hostname: fc.constantFrom('ws1.lab.local', 'WS1', 'ws2', '', '-'),
}
const keywords = fc.constantFrom<unknown>(
  ...['0x8020000000000000', '0x8010000000000000', '', 'x', 8],
)
const getWinEvent = fc.record(
  { ...common, Keywords: keywords, TimeCreated: time, '@timestamp': time },
  { requiredKeys: [] },
)
const withTimeGenerated = fc.record(
  { ...common, TimeGenerated: time, TimeCreated: time, EventRecordID: fc.nat(99) },
  { requiredKeys: ['TimeGenerated'] },
)
const nxlog = fc.record(
  {
    ...common,
    EventReceivedTime: time,
    EventTime: time,
    '@timestamp': time,
    SourceModuleType: fc.constant('im_msvistalog'),
    Severity: fc.constantFrom('INFO', 'WARNING', 'odd'),
    Opcode: fc.constantFrom('Info', 'Start'),
    OpcodeValue: fc.nat(3),
    Version: fc.constantFrom<unknown>(2, '2', 2 ** 60),
    RecordNumber: fc.oneof(fc.nat(), fc.constant(2 ** 53)),
    ExecutionProcessID: fc.nat(9999),
    ProcessID: fc.constantFrom<unknown>(4, '44'),
    ThreadID: fc.nat(30),
    UserID: fc.constant('S-1-5-18'),
    AccountName: fc.constantFrom('SYSTEM', ''),
    ActivityID: fc.constant('0A0B0C0D-0000-1111-2222-333344445555'),
    tags: fc.constant(['a', 'b']),
    host: fc.constant('collector'),
  },
  { requiredKeys: ['SourceModuleType'] },
)

const sentinel = fc.record(
  {
    ...common,
    Type: fc.constantFrom('WindowsEvent', 'SecurityEvent', 'Event', 'Other'),
    TimeGenerated: time,
    Computer: common.Hostname,
    EventLevelName: fc.constantFrom('Information', 'LogAlways', ''),
    EventLevel: common.Level,
    EventLog: fc.constantFrom('Security', 'System', SYSMON, ''),
    EventSourceName: fc.constantFrom(SYSMON, 'PowerShell', '', 'x'),
    Source: fc.constantFrom(SYSMON, 'PowerShell', 'x'),
    RenderedDescription: message,
    SystemProcessId: fc.constantFrom<unknown>(4, '44'),
    Correlation: fc.constantFrom('', '0A0B0C0D-0000-1111-2222-333344445555'),
    TenantId: fc.constant('t'),
    Keywords: keywords,
    EventData: fc.constantFrom<unknown>(null, '', '<EventData/>'),
  },
  { requiredKeys: ['Type', 'TimeGenerated'] },
)

const data = fc.dictionary(fc.constantFrom(...DATA), value, { maxKeys: 14 })
const stamp = fc.record({ UtcTime: time }, { requiredKeys: [] })
const record = fc
  .tuple(
    fc.oneof(getWinEvent, withTimeGenerated, nxlog, sentinel),
    log,
    data,
    stamp,
    fc.nat(),
  )
  .map(([parts, of, said, own, turn]) => {
    const members = Object.entries({ ...parts, ...of, ...said, ...own })
    const at = turn % members.length
    return print(Object.fromEntries([...members.slice(at), ...members.slice(0, at)]))
  })

/** Keywords of NXLog are beyond what a number holds. */
const print = (found: Record<string, unknown>): string =>
  JSON.stringify(found).replace('"Keywords":8', '"Keywords":-9223372036854775808')

const others = fc.constantFrom(
  '{"event":{"category":["process"]},"process":{"name":"a"},"message":"m"}',
  '{"event.category":"process","EventID":1,"Channel":"x"}',
  '{"a":1}',
  '{"EventID":1,"Channel":"x","EventID":2}',
  '{"EventID":1,"Channel":',
  '{"create":{"_id":"7"}}',
  '{"_index":"i","_id":"3","_source":{"EventID":4688,"Channel":"Security","CommandLine":"a"}}',
  '{"EventID":4688,"Channel":"Security","EventData":{"CommandLine":"x"}}',
)
const line = fc.oneof({ weight: 9, arbitrary: record }, { weight: 1, arbitrary: others })
/** The same event but for one value, which is another or not there at all. */
function alter(text: string, at: number, other: unknown): string {
  if (!text.startsWith('{"') || !text.endsWith('}')) return text
  const members = Object.entries(JSON.parse(text) as object)
  const [name = ''] = members[at % members.length] ?? []
  return print({ ...Object.fromEntries(members), [name]: other })
}

const pick = fc.record({
  line: fc.nat(24),
  member: fc.nat(40),
  value: fc.oneof(value, value, time, fc.constantFrom(undefined, 2 ** 60, -(2 ** 70))),
  isAltered: fc.boolean(),
})
/** Values come again, in the same keys and in others. */
const lines = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 25 }),
    fc.array(pick, { maxLength: 60 }),
  )
  .map(([all, picks]) => [
    ...all,
    ...picks.map(({ line, member, value, isAltered }) => {
      const text = all[line % all.length]!
      return isAltered ? alter(text, member, value) : text
    }),
    ...all,
  ])

const readAs: fc.Arbitrary<ReadAs> = fc.record({
  mode: fc.constantFrom('faithful', 'extended'),
  time: fc.constantFrom('as-elastic', 'as-logged'),
  correctClock: fc.boolean(),
})

describe('flat events are mapped by their values as one by one', () => {
  test('lines', { timeout: 3_600_000 }, async () => {
    const law = fc.asyncProperty(lines, readAs, async (all, how) => {
      await expectSameTables([all.join('\n')], { readAs: how })
    })
    await fc.assert(law, { numRuns: RUNS })
  })

  test('records of an array', { timeout: 3_600_000 }, async () => {
    const law = fc.asyncProperty(lines, readAs, async (all, how) => {
      const whole = all.filter((each) => !each.endsWith(':'))
      await expectSameTables([`[${whole.join(',\n')}]`], { readAs: how })
    })
    await fc.assert(law, { numRuns: Math.ceil(RUNS / 2) })
  })

  test('up to one at which reading was stopped', { timeout: 3_600_000 }, async () => {
    const some = fc.array(record, { minLength: 3, maxLength: 15 })
    const law = fc.asyncProperty(some, fc.nat(40), async (all, most) => {
      const events = [...all, ...all, ...all]
      const parts = [[events.join('\n')], [`[${events.join(',')}]`]]
      for (const part of parts) {
        const readAs = { upTo: most + 1 }
        const { report } = await expectSameTables(part, { readAs })
        expect(report.events).toBe(Math.min(events.length, most + 1))
      }
    })
    await fc.assert(law, { numRuns: Math.ceil(RUNS / 4) })
  })

  test('of which a part is kept', { timeout: 3_600_000 }, async () => {
    const law = fc.asyncProperty(lines, async (all) => {
      const keep = { fields: ['process.pid', 'related.ip', 'message'] }
      await expectSameTables([all.join('\n')], { keep })
    })
    await fc.assert(law, { numRuns: Math.ceil(RUNS / 4) })
  })
})

test('a message that reads as another one does once its lines end anew', async () => {
  const event = (Message: string) =>
    JSON.stringify({ Channel: 'Security', EventID: 4624, Message })
  const [more, one] = ['a\r\r\nb', 'a\r\nb'].map(event)
  await expectSameTables([[more, more, more, one, one, more, one].join('\n')])
})

/** Rows that were mapped by their values, and those that were not. */
async function countMapped(text: string): Promise<readonly [number, number]> {
  const map = vi.spyOn(FlatMapper.prototype, 'map')
  await readBlob([text])
  const mapped = map.mock.results.filter((result) => result.value !== undefined)
  const counts = [mapped.length, map.mock.results.length - mapped.length] as const
  map.mockRestore()
  return counts
}

// Others hold EventData in a column, or say in the message what their data lack.
test.each([
  ['get-winevent', 6, 0],
  ['nxlog-2019', 4, 0],
  ['nxlog-2020', 2, 4],
  ['with-time-generated', 0, 4],
])('events of the sample %s', async (name, mapped, others) => {
  const path = new URL(`samples/windows-json/${name}.json`, import.meta.url)
  const sample = readFileSync(path, 'utf8').trimEnd()
  const events = sample.startsWith('[')
    ? (JSON.parse(sample) as unknown[]).map((event) => JSON.stringify(event))
    : sample.split('\n').filter((each) => each.trim() !== '')
  // The first time, their keys are learnt.
  const text = [...events, ...events, ...events].join('\n')
  await expectSameTables([text])
  expect(await countMapped(text)).toEqual([mapped, others])
})
