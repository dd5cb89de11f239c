import { zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Bundle,
  looksLikeBundle,
  printBundle,
  readBundle,
} from '../../src/share/bundle'

const text = fc.string({ unit: 'binary', maxLength: 200 })
const named = { name: text, text }
const rule = fc.record(
  {
    ...named,
    exceptions: text,
    filtersOff: fc.array(text, { maxLength: 2 }),
    onlyIndices: fc.boolean(),
    tests: fc.record({ text, events: text }, { requiredKeys: ['text'] }),
    versions: fc.array(fc.record({ time: fc.nat(), text }), { maxLength: 3 }),
    draft: fc.record({ text, query: text }),
  },
  { requiredKeys: ['name', 'text'] },
)
const source = fc.record(
  {
    ...named,
    readAs: fc.record({ offsetMs: fc.integer(), leaveOut: fc.array(fc.nat()) }),
    keep: fc.record({ fields: fc.array(text, { maxLength: 2 }) }),
    original: fc.nat(),
  },
  { requiredKeys: ['name', 'text'] },
)
const bundle: fc.Arbitrary<Bundle> = fc.record({
  reproduction: fc.record(
    {
      engine: text,
      title: text,
      note: text,
      rules: fc.array(rule, { maxLength: 4 }),
      sources: fc.array(source, { maxLength: 3 }),
      mapping: fc.record(named),
      opensTo: fc.array(fc.record({ matches: fc.nat(), nearMisses: fc.nat() })),
    },
    { requiredKeys: ['engine', 'rules', 'sources', 'opensTo'] },
  ),
  originals: fc.array(
    fc.record({
      name: text,
      bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
    }),
    { maxLength: 2 },
  ),
})

const small: Bundle = {
  reproduction: {
    engine: '0.1.0',
    rules: [
      { name: 'a.toml', text: '[rule]\nname = "a"\n', tests: { text: '[[test]]\n' } },
    ],
    sources: [{ name: 'e.ndjson', text: '{"@timestamp":1}\n' }],
    opensTo: [{ matches: 1, nearMisses: 0 }],
  },
  originals: [],
}

/** Where the file of that path begins: behind its name, which the manifest has in quotes. */
const findFile = (bytes: Uint8Array, path: string): number => {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  let at = text.indexOf(path)
  while (text[at - 1] === '"') at = text.indexOf(path, at + 1)
  return at + path.length
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

describe('a bundle', () => {
  test('is read as it was packed', async () => {
    await fc.assert(
      fc.asyncProperty(bundle, async (bundle) => {
        expect(await readBundle(await printBundle(bundle))).toEqual({ ok: true, bundle })
      }),
      { numRuns: 60 },
    )
  })

  test('is known by its first bytes, and packed twice is the same', async () => {
    const once = await bytesOf(await printBundle(small))
    expect(looksLikeBundle(once.subarray(0, 64))).toBe(true)
    expect(
      looksLikeBundle(zipSync({ 'other.json': new Uint8Array(60) }).slice(0, 64)),
    ).toBe(false)
    expect(await bytesOf(await printBundle(small))).toEqual(once)
  })

  test('that was damaged throws nothing and says what is amiss', async () => {
    const whole = await bytesOf(await printBundle(small))
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.nat(40),
        async (changes, cut) => {
          const bytes = whole.slice(0, whole.length - cut)
          for (const [at, byte] of changes) bytes[at] = byte
          const read = await readBundle(new Blob([bytes]))
          expect(read.ok || read.problem.sentence).toBeTruthy()
          if (cut > 0 && changes.length === 0) expect(read.ok).toBe(false)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('of which one file was changed tells which', async () => {
    const whole = await bytesOf(await printBundle(small))
    const paths = [
      'maxspan.json',
      'rules/1 a.toml',
      'tests/1 a.toml',
      'events/1 e.ndjson',
    ]
    for (const path of paths) {
      const bytes = whole.slice()
      bytes[findFile(whole, path) + 4]! ^= 1
      const read = await readBundle(new Blob([bytes]))
      expect(read).toMatchObject({ ok: false, problem: { kind: 'damaged' } })
      expect(!read.ok && read.problem.sentence).toContain(`“${path}”`)
    }
  })

  test.each<[string, Record<string, string>, string]>([
    ['without a manifest', { 'a.json': '{}' }, 'foreign'],
    ['of a newer version', { 'maxspan.json': '{"maxspan":3}' }, 'newer'],
    ['with a manifest that is no JSON', { 'maxspan.json': '{' }, 'content'],
    [
      'that lacks a file',
      {
        'maxspan.json':
          '{"maxspan":1,"tests":[],"originals":[],"reproduction":{"engine":"1","rules":[{"name":"a","text":"../a"}],"sources":[],"opensTo":[]}}',
      },
      'cut',
    ],
  ])('%s is refused', async (_, files, kind) => {
    const encoded = Object.entries(files).map(([path, text]) => [
      path,
      new TextEncoder().encode(text),
    ])
    const zip = zipSync(Object.fromEntries(encoded) as Record<string, Uint8Array>)
    const read = await readBundle(new Blob([zip]))
    expect(read).toMatchObject({ ok: false, problem: { kind } })
  })
})
