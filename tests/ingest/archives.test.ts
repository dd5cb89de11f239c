import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  joinBytes,
  makeTar,
  makeZip,
  type Member,
  tarEntry,
  toBytes,
} from './make-archives'
import { readBlob } from './print-events'

const one = '{"n":1}\n{"n":2}\n'
const two = '[{"n":3},{"n":4},{"n":5}]'
const both: readonly Member[] = [
  { name: 'a.ndjson', bytes: one },
  { name: 'b.json', bytes: two },
]
const gz = (bytes: Uint8Array | string) => new Uint8Array(gzipSync(bytes))
const marks = '\uFEFF'

/** The values of `n` in all events, in their order, and what the report lists. */
async function readNumbers(bytes: Uint8Array) {
  const { report, table, originals } = await readBlob([bytes as Uint8Array<ArrayBuffer>])
  const column = table.column('n')
  const numbers = Array.from(
    { length: table.rowCount },
    (_, row) => column?.scalars(column.codeAt(row))[0],
  )
  const texts = await Promise.all(numbers.map((_, row) => originals.text(row)))
  return { report, numbers, texts }
}

describe('archives give the events of all files in them', () => {
  const cases: readonly [what: string, bytes: Uint8Array][] = [
    ['zip', makeZip(both)],
    ['stored', makeZip(both.map((member) => ({ ...member, method: 0 })))],
    ['sizes behind', makeZip(both.map((m) => ({ ...m, hasDescriptor: true })))],
    ['zip64', makeZip(both, { zip64: true })],
    ['a comment', makeZip(both, { comment: 'PK\u0005\u0006 is how it ends' })],
    [
      'behind a program',
      makeZip(both, {
        before: toBytes('MZ'.repeat(300))
          .fill(0x50, 0, 1)
          .fill(0x4b, 1, 2)
          .fill(3, 2, 3)
          .fill(4, 3, 4),
      }),
    ],
    ['tar', makeTar(both)],
    ['tar.gz', gz(makeTar(both))],
    ['tar.gz and a line break', joinBytes([gz(makeTar(both)), toBytes('\n')])],
    ['tar.gz in two members', joinBytes(halves(makeTar(both)).map(gz))],
    ['gzipped twice', gz(gz(makeTar(both)))],
    ['tar without its end', makeTar(both).subarray(0, -1024)],
    ['zip in tar.gz', gz(makeTar([{ name: 'in.zip', bytes: makeZip(both) }]))],
    [
      'gz, tar and zip in a zip',
      makeZip([
        { name: 'a.ndjson.gz', bytes: gz(one) },
        { name: 'b.tar', bytes: makeTar([both[1]!]) },
      ]),
    ],
    [
      'zip stored in a zip',
      makeZip([{ name: 'in.zip', bytes: makeZip(both), method: 0 }]),
    ],
    [
      'what systems leave in them',
      makeZip([
        { name: 'logs/', bytes: '', method: 0 },
        { name: 'logs/a.ndjson', bytes: one },
        {
          name: '__MACOSX/logs/._a.ndjson',
          bytes: '\0\u0005\u0016\u0007\0\u0002\0\0Mac OS X',
        },
        { name: 'logs/.DS_Store', bytes: '\0\0\0\u0001Bud1' },
        { name: 'double', bytes: '\0\u0005\u0016\u0007\0\u0002\0\0Mac OS X' },
        both[1]!,
      ]),
    ],
    [
      'marks of encoding',
      makeZip([{ name: 'a', bytes: marks + one, method: 0 }, both[1]!]),
    ],
    [
      'UTF-16',
      makeZip([
        { name: 'a', bytes: Uint8Array.from(Buffer.from(one, 'utf16le')) },
        both[1]!,
      ]),
    ],
    [
      'tar of other kinds',
      joinBytes([
        ...tarEntry('folder/', '5', new Uint8Array(0)),
        ...tarEntry('long', 'L', toBytes(`${'x'.repeat(150)}/a.ndjson\0`)),
        ...tarEntry('short', '0', toBytes(one)),
        ...tarEntry('link', '2', new Uint8Array(0)),
        ...tarEntry('pax', 'x', toBytes('17 path=b/b.json\n')),
        ...tarEntry('short', '0', toBytes(two)),
        new Uint8Array(1024),
      ]),
    ],
  ]
  test.each(cases)('%s', async (_, bytes) => {
    const { report, numbers, texts } = await readNumbers(bytes)
    expect(numbers).toEqual([1, 2, 3, 4, 5])
    expect(texts).toEqual(numbers.map((n) => `{"n":${String(n)}}`))
    expect(report).toMatchObject({ events: 5, badCount: 0, partial: false })
    expect(report.problem).toBeUndefined()
    expect(report.parts?.map(({ format, events }) => [format, events])).toEqual([
      ['NDJSON', 2],
      ['JSON array', 3],
    ])
    expect(report.format).toBe('NDJSON and JSON array')
  })

  test.each([
    ['/etc/passwd', 'passwd'],
    ['../../../out/a.json', 'a.json'],
    ['C:\\logs\\a.json', 'a.json'],
    ['a.json', 'a.json'],
  ])('of %s only the name is used', async (name, base) => {
    for (const bytes of [
      makeZip([{ name, bytes: one }]),
      makeTar([{ name, bytes: one }]),
    ])
      expect((await readNumbers(bytes)).report.parts).toMatchObject([{ name: base }])
  })
})

describe('what cannot be read is named, and the rest is read', () => {
  const cases: readonly [what: string, odd: Member, says: RegExp][] = [
    ['a password', { name: 'x', bytes: one, isEncrypted: true }, /password-protected/],
    ['bzip2', { name: 'x', bytes: one, method: 12 }, /packed with bzip2/],
    ['Deflate64', { name: 'x', bytes: one, method: 9 }, /packed with Deflate64/],
    ['a number', { name: 'x', bytes: one, method: 77 }, /has the number 77/],
    ['noise', { name: 'x', bytes: new Uint8Array(99).fill(0xee) }, /No event was found/],
    ['a picture', { name: 'x', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) }, /PNG/],
    ['an empty file', { name: 'x', bytes: '' }, /is empty/],
    ['an empty archive', { name: 'x', bytes: makeZip([]) }, /No file is packed/],
    ['a cut archive', { name: 'x', bytes: makeZip(both).subarray(0, 90) }, /cut off/],
  ]
  test.each(cases)('%s', async (_, odd, says) => {
    const { report, numbers } = await readNumbers(makeZip([odd, both[0]!]))
    expect(numbers).toEqual([1, 2])
    expect(report.parts).toMatchObject([{ name: 'x', events: 0 }, { events: 2 }])
    expect(report.parts?.[0]?.problem).toMatch(says)
    expect(report.problem).toBeUndefined()
  })

  test('bad records say which file they are in', async () => {
    const bytes = makeZip([both[0]!, { name: 'bad', bytes: '{"n":3}\n{"n":\n' }])
    const { report } = await readNumbers(bytes)
    expect(report.bad).toMatchObject([{ part: 'bad', line: 2 }])
    expect(report.parts).toMatchObject([{ badCount: 0 }, { badCount: 1 }])
  })

  test.each([
    ['of the only file, its reason', [{ name: 'x', bytes: '%PDF-1.7' }], /PDF document/],
    [
      'of several, that there is none',
      ['x', 'y'].map((name) => ({ name, bytes: '%PDF-1.7' })),
      /None of the 2 files in this archive holds events\. The first, x: .*PDF document/,
    ],
  ])('without any event: %s', async (_, members, says) => {
    const { report } = await readNumbers(makeZip(members))
    expect(report).toMatchObject({ format: 'unknown', events: 0, partial: false })
    expect(report.problem).toMatch(says)
  })
})

describe('damage', () => {
  const lines = Array.from({ length: 5000 }, (_, n) => `{"n":${n},"x":"${n * 7919}"}\n`)
  const member = { name: 'a', bytes: lines.join('') }

  test('a tar.gz that is cut off gives what it holds, and says so', async () => {
    const whole = gz(makeTar([both[0]!, member]))
    const { report } = await readNumbers(whole.subarray(0, whole.length >> 1))
    expect(report.events).toBeGreaterThan(100)
    expect(report.partial).toBe(true)
    expect(report.parts?.at(-1)?.problem).toMatch(/gzip file is cut off/)
  })

  test('a tar that is cut off gives what it holds, and says so', async () => {
    const whole = makeTar([both[0]!, member])
    const { report } = await readNumbers(whole.subarray(0, whole.length >> 1))
    expect(report.events).toBeGreaterThan(100)
    expect(report.parts?.at(-1)?.problem).toMatch(/tar archive is cut off/)
  })

  test('a file spoilt within a zip does not spoil the others', async () => {
    const bytes = makeZip([member, both[0]!])
    bytes.fill(0xff, 2000, 3000)
    const { report, numbers } = await readNumbers(bytes)
    expect(numbers.slice(-2)).toEqual([1, 2])
    expect(report.parts?.[0]?.problem).toMatch(/cut off or damaged/)
  })
})

describe('bombs', () => {
  const MB = 1024 * 1024
  const limits = { depth: 3, files: 20, total: 64 * MB, ratio: 100, ratioFrom: 8 * MB }
  const blanks = gz(new Uint8Array(256 * MB).fill(0x20))
  const read = async (bytes: Uint8Array) => {
    const { report } = await readBlob([bytes as Uint8Array<ArrayBuffer>], { limits })
    return [report.problem, ...(report.parts ?? []).map(({ problem }) => problem)]
  }

  test('so much from so little is stopped', async () => {
    expect(await read(blanks)).toEqual([expect.stringMatching(/so much from so little/)])
  })

  test('so is what is much too much', async () => {
    const noise = Uint8Array.from({ length: 2 * MB }, (_, i) => (i * i) >> 7)
    const line = `{"x":"${Buffer.from(noise).toString('hex')}"}\n`
    const [problem] = await read(gz(line.repeat(20)))
    expect(problem).toMatch(/Unpacking was stopped after/)
  })

  test('also in an archive, where the files before it are kept', async () => {
    const bytes = makeZip([
      both[0]!,
      { name: 'bomb.gz', bytes: blanks, method: 0 },
      both[1]!,
    ])
    const { report } = await readBlob([bytes as Uint8Array<ArrayBuffer>], { limits })
    expect(report.events).toBe(2)
    expect(report.problem).toMatch(/so much from so little/)
  })

  test('too many files', async () => {
    const members = Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, bytes: one }))
    for (const bytes of [makeZip(members), makeTar(members)]) {
      const { report } = await readBlob([bytes as Uint8Array<ArrayBuffer>], { limits })
      expect(report.events).toBe(40)
      expect(report.problem).toMatch(/more than 20 files/)
    }
  })

  test('the same packed bytes again and again', async () => {
    const member = { name: 'a.ndjson', bytes: one.repeat(200), method: 0 }
    const whole = makeZip([member])
    const end = whole.subarray(-22)
    const list = new DataView(whole.buffer, whole.length - 22).getUint32(12, true)
    const entry = whole.subarray(-22 - list, -22)
    const listed = Array.from({ length: 10 }, () => entry)
    const words = new DataView(end.slice().buffer)
    words.setUint16(10, listed.length, true)
    words.setUint32(12, list * listed.length, true)
    const bytes = joinBytes([
      whole.subarray(0, -22 - list),
      ...listed,
      new Uint8Array(words.buffer),
    ])
    const { report } = await readBlob([bytes as Uint8Array<ArrayBuffer>])
    expect(report.events).toBe(400)
    expect(report.problem).toMatch(/lie over one another/)
  })

  test('members without anything in them take no more time than others', async () => {
    const nothing = Buffer.concat(Array.from({ length: 20_000 }, () => gz('')))
    const { numbers } = await readNumbers(joinBytes([nothing, gz(one)]))
    expect(numbers).toEqual([1, 2])
  })

  test('packed too many times over', async () => {
    expect(await read(gz(gz(gz(gz(one)))))).toEqual([
      expect.stringMatching(/more than 3 times over/),
    ])
    expect(await read(gz(gz(gz(one))))).toEqual([undefined])
  })

  test('the limits let through what people have', async () => {
    const line = `{"@timestamp":1,"text":"${'ordinary words, and more of them, '.repeat(20)}"}\n`
    const { report } = await readBlob([
      makeZip([{ name: 'a', bytes: line.repeat(80_000) }]) as Uint8Array<ArrayBuffer>,
    ])
    expect(report).toMatchObject({ events: 80_000, partial: false })
    expect(report.bytes).toBeLessThan(MB)
  })
})

test('whatever bytes change, it ends, and says something', async () => {
  const seeds = [
    makeZip(both),
    makeZip(both, { zip64: true }),
    makeTar(both),
    gz(makeTar(both)),
    makeZip([{ name: 'a.tar.gz', bytes: gz(makeTar(both)) }]),
  ]
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seeds),
      flips,
      fc.nat(),
      async (seed, changes, cut) => {
        const bytes = Uint8Array.from(seed)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        const length = cut % 3 === 0 ? cut % bytes.length : bytes.length
        const { report, table } = await readBlob([bytes.subarray(0, length)])
        expect(report.events).toBe(table.rowCount)
        const problems = [
          report.problem,
          ...(report.parts ?? []).map((part) => part.problem),
        ]
        const said = problems.some((problem) => problem !== undefined)
        expect(said || report.badCount > 0 || report.events > 0).toBe(true)
      },
    ),
    { numRuns: 400 },
  )
})

function halves(bytes: Uint8Array): readonly Uint8Array[] {
  const half = bytes.length >> 1
  return [bytes.subarray(0, half), bytes.subarray(half)]
}
