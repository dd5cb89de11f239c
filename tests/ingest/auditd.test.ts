import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readAuditLine } from '../../src/ingest/auditd/audit-line'
import { unhex } from '../../src/ingest/auditd/audit-values'
import { readSocketAddress } from '../../src/ingest/auditd/socket-address'
import { readBlob } from './print-events'

describe('lines', () => {
  const fieldsOf = (rest: string) =>
    Object.fromEntries(
      [...(readAuditLine(`type=A msg=audit(1.5:2): ${rest}`)?.fields ?? [])].map(
        ([key, { text }]) => [key, text],
      ),
    )
  const cases: readonly [rest: string, fields: Record<string, string>][] = [
    ['a=1 b="two words" c=\'x\'', { a: '1', b: 'two words', c: 'x' }],
    ['op=adding user id=7', { op: 'adding user', id: '7' }],
    [
      'pid=1 msg=\'op=x acct="a b" res=success\'',
      { pid: '1', op: 'x', acct: 'a b', res: 'success' },
    ],
    ['uid=0\x1dUID="root" AUID="dora"', { uid: '0', UID: 'root', AUID: 'dora' }],
    ['avc:  denied  { read } for  pid=3', { pid: '3' }],
    [
      'old auid=1 new auid=2 old-ses=4',
      { 'old-auid': '1', 'new-auid': '2', 'old-ses': '4' },
    ],
    ['a= b=', { a: '', b: '' }],
    // Looked through from each of its letters, it would take an hour.
    [`${'a'.repeat(1_000_000)} pid=1`, { pid: '1' }],
    ['', {}],
  ]
  test.each(cases)('%#: %.60s', (rest, fields) => {
    expect(fieldsOf(rest)).toEqual(fields)
  })

  test.each([
    '',
    'type=A msg=audit(x:1): a=1',
    'type=a msg=audit(1:1): a=1',
    '{"type":"SYSCALL"}',
  ])('no line: %s', (text) => {
    expect(readAuditLine(text)).toBeUndefined()
  })
})

describe('addresses of sockets', () => {
  const cases: readonly [saddr: string, printed: string][] = [
    ['020001BBC0000207', 'ipv4 192.0.2.7 443'],
    ['00020016C0000207', 'ipv4 192.0.2.7 22'],
    ['0A0001BB0000000020010DB8000000000000000000000001', 'ipv6 2001:db8::1 443'],
    ['0A000035000000000000000000000000000000000000000100', 'ipv6 ::1 53'],
    ['0A0000350000000020010DB8000100020003000400050006', 'ipv6 2001:db8:1:2:3:4:5:6 53'],
    ['01002F72756E2F6C616200', 'unix /run/lab'],
    ['0100006C6162', 'unix @lab'],
    ['0100', 'unix'],
    ['10000000', 'netlink'],
    ['0200', 'none'],
    ['02', 'none'],
    ['XY', 'none'],
  ]
  test.each(cases)('%s: %s', (saddr, printed) => {
    const { family = 'none', address, path, port } = readSocketAddress(saddr) ?? {}
    expect(
      [family, address ?? path, port].filter((part) => part !== undefined).join(' '),
    ).toBe(printed)
  })

  test('IPv6 as browsers print it', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const hex = groups.map((each) => each.toString(16).padStart(4, '0')).join('')
        const whole = groups.map((each) => each.toString(16)).join(':')
        const printed = readSocketAddress(`0A00003500000000${hex}`)?.address
        expect(`[${printed}]`).toBe(new URL(`http://[${whole}]/`).hostname)
      }),
    )
  })
})

test('texts in hexadecimal numbers are read back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
      expect(unhex(Buffer.from(text).toString('hex'))).toBe(text)
    }),
  )
})

test('lines of events may alternate, and come however the bytes do', async () => {
  const sample = readFileSync(new URL('samples/auditd/joined.log', import.meta.url))
  const whole = await readBlob(sample)
  for (const size of [1, 7, 4096]) {
    const pieces = Array.from({ length: Math.ceil(sample.length / size) }, (_, i) =>
      sample.subarray(i * size, (i + 1) * size),
    )
    const cut = await readBlob(pieces)
    expect(cut.report.events).toBe(whole.report.events)
  }
  const [, connect = ''] = await Promise.all([0, 1].map((at) => whole.originals.text(at)))
  expect(connect).toMatch(/^type=SYSCALL.*:72\)[^]*proctitle="curl"$/)
})

test('damage costs lines, never the rest', async () => {
  const sample = readFileSync(new URL('samples/auditd/joined.log', import.meta.url))
  const flips = fc.array(
    fc.tuple(fc.nat(sample.length - 1), fc.integer({ min: 1, max: 255 })),
    { minLength: 1, maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(flips, async (places) => {
      const bytes = new Uint8Array(sample)
      for (const [at, by] of places) bytes[at]! ^= by
      const { report } = await readBlob(bytes, { readAs: { format: 'auditd' } })
      expect(report.events + report.badCount).toBeLessThanOrEqual(17 + 2 * places.length)
    }),
    { numRuns: 150 },
  )
})

test('a line that never ends is passed over', async () => {
  const line = 'type=SERVICE_STOP msg=audit(1767603600.000:8): pid=1 res=success\n'
  const { report } = await readBlob([
    line,
    'x'.repeat(3 * 1024 * 1024),
    '\n',
    line.replace(':8', ':9'),
  ])
  expect(report).toMatchObject({ events: 2, badCount: 1 })
})
