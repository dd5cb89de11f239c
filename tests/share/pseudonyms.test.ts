import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { AddressPseudonyms } from '../../src/share/address-pseudonyms'
import { personalKind } from '../../src/share/personal-data'
import { Pseudonyms } from '../../src/share/pseudonyms'

const replaced = (events: readonly object[], rule = 'any where true') => {
  const pseudonyms = new Pseudonyms([rule])
  const texts = events.map((event) => JSON.stringify(event))
  for (const text of texts) pseudonyms.learn(text)
  return texts.map((text) => JSON.parse(pseudonyms.replaceIn(text)) as unknown)
}

describe('pseudonyms', () => {
  test('stand wherever the name stood, and paths keep their depth', () => {
    const events = [
      { user: { name: 'ann', domain: 'CORP' }, host: { name: 'ws7.corp.example' } },
      {
        process: {
          command_line: 'cmd /c type C:\\Users\\Ann\\notes.txt > \\\\WS7\\share',
        },
        'user.name': 'ANN',
        winlog: { computer_name: 'WS7', event_data: { SubjectUserName: 'WS7$' } },
      },
    ]
    expect(replaced(events)).toEqual([
      { user: { name: 'user-1', domain: 'DOMAIN-1' }, host: { name: 'host-1.domain-2' } },
      {
        process: {
          command_line: 'cmd /c type C:\\Users\\User-1\\notes.txt > \\\\HOST-1\\share',
        },
        'user.name': 'USER-1',
        winlog: { computer_name: 'HOST-1', event_data: { SubjectUserName: 'HOST-1$' } },
      },
    ])
  })

  test('leave what is no person’s name, keys, numbers and parts of words', () => {
    const event = {
      user: { name: 'SYSTEM', domain: 'NT AUTHORITY' },
      message: 'planning by ann-marie',
      ann: 12345678901,
    }
    expect(replaced([event, { user: { name: 'ann' } }])[0]).toEqual(event)
  })

  test('keep numbers that no JavaScript number holds', () => {
    const pseudonyms = new Pseudonyms([])
    const text = '{"user":{"name":"bob"},"n":9223372036854775807}'
    pseudonyms.learn(text)
    expect(pseudonyms.replaceIn(text)).toBe(
      '{"user":{"name":"user-1"},"n":9223372036854775807}',
    )
  })

  test('are not given to names that a rule asks for, and these are told', () => {
    const pseudonyms = new Pseudonyms(['any where user.name == "backup-svc"'])
    const text = '{"user.name":["backup-svc","svc"],"source.ip":"10.1.1.1"}'
    pseudonyms.learn(text)
    expect([...pseudonyms.kept]).toEqual(['backup-svc'])
    expect(pseudonyms.replaceIn(text)).toContain('["backup-svc","user-1"]')
  })

  test('and addresses and SIDs that a rule asks for are told, but for everybody’s', () => {
    const asked = ['10.1.1.1', 'S-1-5-21-1-2-3-4', '0A-0B-0C-0D-0E-0F', '127.0.0.1']
    const pseudonyms = new Pseudonyms([`any where x in ("${asked.join('", "')}")`])
    const text = JSON.stringify({ x: [...asked, '10.1.1.2'] })
    pseudonyms.learn(text)
    expect(pseudonyms.replaceIn(text)).toBe(text.replace('10.1.1.2', '10.0.0.1'))
    expect([...pseudonyms.kept].sort()).toEqual(asked.slice(0, 3).sort())
  })

  test('of SIDs keep the authority together and well-known accounts', () => {
    const sids = [
      'S-1-5-21-1-2-3-1104',
      'S-1-5-21-1-2-3-500',
      'S-1-5-21-9-9-9-1104',
      'S-1-5-18',
    ]
    const [{ user }] = replaced([{ user: { id: sids } }]) as [{ user: { id: string[] } }]
    expect(user.id).toEqual([
      'S-1-5-21-1001-2001-3001-1001',
      'S-1-5-21-1001-2001-3001-500',
      'S-1-5-21-1002-2002-3002-1002',
      'S-1-5-18',
    ])
  })

  test('of SIDs of a domain, and of accounts of Entra ID, are told apart, too', () => {
    const sids = ['S-1-5-21-1-2-3', 'S-1-5-21-1-2-3-1104_Classes', 'S-1-12-1-4-5-6-7']
    const [{ user }] = replaced([{ user: { id: sids } }]) as [{ user: { id: string[] } }]
    expect(user.id).toEqual([
      'S-1-5-21-1001-2001-3001',
      'S-1-5-21-1001-2001-3001-1001_Classes',
      'S-1-12-1-1002-2002-3002-4002',
    ])
  })

  test.each([
    ['http://10.1.2.3:8080/x', 'http://10.0.0.1:8080/x'],
    ['tcp:10.1.2.3', 'tcp:10.0.0.1'],
    ['10.1.2.3/24, [fd12::7]:443.', '10.0.0.1/24, [fc00::1]:443.'],
    ['at 12:30:45 of 1.2.3', 'at 12:30:45 of 1.2.3'],
  ])('of addresses in %s leave what is beside them', (text, other) => {
    expect(replaced([{ text }])).toEqual([{ text: other }])
  })

  test.each([
    ['00-1A-2B-3C-4D-5E', '02-00-00-00-00-01'],
    ['lease for 00:1a:2b:3c:4d:5e: ok', 'lease for 02:00:00:00:00:01: ok'],
    ['MAC:001a.2b3c.4d5e.', 'MAC:0200.0000.0001.'],
    ['00-1A-2B-FF-FE-3C-4D-5E', '02-00-00-00-00-00-00-01'],
    [
      'ff:ff:ff:ff:ff:ff and 01-00-5E-00-00-FB',
      'ff:ff:ff:ff:ff:ff and 01-00-5E-00-00-FB',
    ],
    ['AA:BB:CC:DD:EE:FF:00:11:22:33', 'AA:BB:CC:DD:EE:FF:00:11:22:33'],
    ['at 12:30:45 on 2024-10-11-12', 'at 12:30:45 on 2024-10-11-12'],
  ])('of MAC addresses in %s leave what is beside them', (text, other) => {
    expect(replaced([{ text }])).toEqual([{ text: other }])
  })

  test('of MAC addresses are the same however they are written', () => {
    const events = [
      { host: { mac: ['00-1A-2B-3C-4D-5E', '00-1A-2B-3C-4D-5F'] } },
      { source: { mac: '00:1a:2b:3c:4d:5f' }, orig_mac: '001a2b3c4d5e' },
      { message: 'from 001A.2B3C.4D5E, called 001A2B3C4D5E' },
    ]
    expect(replaced(events)).toEqual([
      { host: { mac: ['02-00-00-00-00-01', '02-00-00-00-00-02'] } },
      { source: { mac: '02:00:00:00:00:02' }, orig_mac: '020000000001' },
      { message: 'from 0200.0000.0001, called 020000000001' },
    ])
  })

  test('of MAC addresses leave what a rule asks for: all of one, or its maker', () => {
    const events = [
      { host: { mac: ['00-50-56-00-00-07', '0A-0B-0C-0D-0E-0F', '1A-0B-0C-0D-0E-00'] } },
    ]
    const rule = 'any where host.mac : ("00-50-56-*", "0A-0B-0C-0D-0E-0F")'
    expect(replaced(events, rule)).toEqual([
      { host: { mac: ['00-50-56-00-00-01', '0A-0B-0C-0D-0E-0F', '02-00-00-00-00-02'] } },
    ])
  })

  test('of the same names are the same, of others others', () => {
    const name = fc.stringMatching(/^[a-z]{2,6}$/)
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), (names) => {
        const after = replaced(names.map((name) => ({ user: { name } }))) as {
          user: { name: string }
        }[]
        names.forEach((name, i) =>
          names.forEach((other, j) =>
            expect(after[i]!.user.name === after[j]!.user.name).toBe(name === other),
          ),
        )
      }),
    )
  })
})

describe('other addresses', () => {
  const networks = [
    '10.0.0.0/8',
    '10.7.0.0/16',
    '192.168.0.0/16',
    '2001:db8::/32',
    'fe80::/10',
  ]

  test('are in the same networks, and the same only for the same', () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc.nat(65_535).map((n) => `10.7.${n >> 8}.${n & 255}`),
      fc.nat(65_535).map((n) => `10.${n >> 8}.3.${n & 255}`),
      fc.ipV6().filter((text) => ipaddr.isValid(text)),
    )
    fc.assert(
      fc.property(fc.array(address, { maxLength: 12 }), (seen) => {
        const pseudonyms = new AddressPseudonyms(networks)
        const after = seen.map((text) => pseudonyms.of(text))
        const placeOf = (text: string) =>
          networks.map((network) => {
            const [base, bits] = ipaddr.parseCIDR(network)
            const parsed = ipaddr.parse(text)
            return parsed.kind() === base.kind() && parsed.match([base, bits])
          })
        expect(after.map(placeOf)).toEqual(seen.map(placeOf))
        const canonical = (text: string) => ipaddr.parse(text).toString()
        expect(new Set(after.map(canonical)).size).toBe(new Set(seen.map(canonical)).size)
      }),
    )
  })

  test.each(['127.0.0.1', '::1', '0.0.0.0', 'no address', '12:30:45', '7'])(
    '%s stays',
    (text) => {
      expect(new AddressPseudonyms([]).of(text)).toBe(text)
    },
  )
})

test.each<[string, string, string | undefined]>([
  ['user.name', 'ann', 'user'],
  ['user.target.name', 'ann', 'user'],
  ['user.name', 'SYSTEM', undefined],
  ['host.hostname', 'ws1', 'host'],
  ['host.id', '4c4c', 'machine'],
  ['winlog.event_data.TargetUserSid', 'S-1-5-21-1-2-3-4', 'sid'],
  ['anything', '10.2.3.4', 'address'],
  ['anything', 'fe80::1', 'address'],
  ['anything', '2001:db8:0:0:0:0:0:1', 'address'],
  ['anything', '::ffff:10.2.3.4', 'address'],
  ['anything', '12:30:45', undefined],
  ['anything', 'de:ad:be', undefined],
  ['host.mac', '00-1A-2B-3C-4D-5E', 'address'],
  ['dhcp.assigned_mac', '001a2b3c4d5e', 'address'],
  ['file.hash', '001a2b3c4d5e', undefined],
  ['anything', 'ann@corp.example', 'email'],
  ['process.command_line', 'cmd', 'command line'],
  ['url.query', 'a=b', 'query'],
  ['process.name', 'cmd.exe', undefined],
  ['file.name', 'cafe', undefined],
])('%s of %s is marked as %s', (field, value, kind) => {
  expect(personalKind(field, value)).toBe(kind)
})
