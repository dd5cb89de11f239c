import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/headless/options'
import { PICTURE } from '../../src/headless/picture'
import { publish, readReproOptions } from '../../src/headless/publish'
import { printBundle } from '../../src/share/bundle'
import type { Reproduction } from '../../src/share/reproduction'

const event = (second: number, category: string, name: string) =>
  JSON.stringify({
    _id: `e${second}`,
    '@timestamp': `2026-01-01T10:00:0${second}Z`,
    event: { category },
    host: { id: 'h' },
    process: { name },
  })
const SEQUENCE =
  'sequence by host.id with maxspan=3s [process where process.name == "a.exe"] [network where true]'
const toml = (name: string, query: string) =>
  `[rule]\nname = ${JSON.stringify(name)}\ntype = "eql"\nquery = '''${query}'''\n`

const REPRODUCTION: Reproduction = {
  engine: '1',
  title: '<b>Look</b> "here"',
  note: 'A note\n<script>alert(1)</script>',
  rules: [
    { name: 'a.toml', text: toml('Pair', SEQUENCE) },
    { name: 'b.toml', text: toml('Late\u202Erule', SEQUENCE.replace('3s', '1s')) },
  ],
  sources: [
    {
      name: 'events.ndjson',
      text: [event(1, 'process', 'a.exe'), event(3, 'network', 'a.exe')].join('\n'),
    },
  ],
  view: { rule: 0, kind: 'match', place: 0 },
  opensTo: [
    { matches: 1, nearMisses: 0 },
    { matches: 7, nearMisses: 0 },
  ],
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repro-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function publishAs(
  path: string,
  change: Partial<Reproduction> = {},
  site?: string,
): Promise<{ readonly lines: readonly string[]; readonly page: string }> {
  const file = join(folder, 'given.maxspan')
  const reproduction = { ...REPRODUCTION, ...change }
  const bundle = await printBundle({ reproduction, originals: [] })
  await writeFile(file, Buffer.from(await bundle.arrayBuffer()))
  const lines = await publish({ file, path, site, folder })
  const page = await readFile(join(folder, 'r', path, 'index.html'), 'utf8')
  const copy = await readFile(join(folder, 'r', `${path}.maxspan`))
  expect(copy.equals(await readFile(file))).toBe(true)
  return { lines, page }
}

describe('a bundle beside the page', () => {
  test('has a page that tells what it comes to', async () => {
    const { lines, page } = await publishAs('2026/pair')
    expect(lines).toEqual([
      '<b>Look</b> "here": 2 rules over 2 events: 1 match, 0 near misses of Pair.',
      'Late\u202Erule gave something else where the bundle was made.',
      expect.stringMatching(/#repro=2026\/pair opens it/),
    ])
    expect(page).toContain('href="../../../#repro=2026/pair"')
    // Without one a browser would ask for that of the whole host.
    expect(page).toContain('<link rel="icon" href="../../../icon.svg"')
    expect(page).toContain(
      '<meta property="og:title" content="&lt;b&gt;Look&lt;/b&gt; &quot;here&quot;" />',
    )
    expect(page).toMatch(/og:description"\s+content="2 rules over 2 events: 1 match/)
    expect(page).toContain('<meta property="og:image" content="picture.png" />')
    expect(page.match(/class="fine">\s*satisfied/g)).toHaveLength(2)
    expect(page).toContain('process where process.name == &quot;a.exe&quot;')
    expect(page).toContain('<b>e3</b> 2026-01-01T10:00:03.000Z')
    expect(page).toContain('Late\uFFFDrule: 0 matches, 1 near miss')
  })

  test('runs nothing and asks nothing of others', async () => {
    const { page } = await publishAs('safe')
    expect(page).not.toMatch(/<script|javascript:|https?:\/\//i)
    expect(page).toContain('default-src &#39;none&#39;')
    expect(page).toContain('&lt;script&gt;alert(1)')
  })

  test('has whole addresses where its site is told', async () => {
    const { page } = await publishAs('a/b', {}, 'https://maxspan.example/app/')
    expect(page).toContain('content="https://maxspan.example/app/r/a/b/picture.png"')
    expect(page).toContain('content="https://maxspan.example/app/r/a/b/"')
    expect(page).toContain('href="../../../#repro=a/b"')
  })

  test('tells of a near miss which step failed, and why', async () => {
    const view = { rule: 1, kind: 'near miss', place: 0 } as const
    const { page } = await publishAs('miss', { view })
    expect(page).toContain('Step 2 came 1 s after the 1 s limit')
    expect(page).toMatch(/class="failed">\s*failed/)
  })

  test('may hold a rule that does not run, or none', async () => {
    const rules = [{ name: 'x.toml', text: toml('Broken', 'process where') }]
    const { page } = await publishAs('broken', { rules, view: undefined })
    expect(page).toContain('it does not run')
    const { lines } = await publishAs('empty', { rules: [], opensTo: [] })
    expect(lines[0]).toContain('0 rules over 2 events.')
  })

  test('has no say of what is switched off, nor of counts that nobody told', async () => {
    const [source] = REPRODUCTION.sources
    const sources = [source!, { ...source!, name: 'more.ndjson', isOff: true as const }]
    const { lines } = await publishAs('off', { sources, opensTo: [] })
    expect(lines).toEqual([
      expect.stringContaining('2 rules over 2 events: 1 match'),
      expect.stringContaining('opens it'),
    ])
  })

  test('shows the rule that is chosen, though one before it cannot be read', async () => {
    const rules = [{ name: 'junk.toml', text: '' }, ...REPRODUCTION.rules]
    const view = { rule: 1, kind: 'match', place: 0 } as const
    const { lines, page } = await publishAs('junk', { rules, view, opensTo: [] })
    expect(lines[0]).toContain('2 rules over 2 events: 1 match, 0 near misses of Pair.')
    expect(page).toContain('<h2>Pair</h2>')
  })

  test('has a picture of the size that is told', async () => {
    await publishAs('picture')
    const png = await readFile(join(folder, 'r/picture/picture.png'))
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      PICTURE.width,
      PICTURE.height,
    ])
    const start = png.indexOf('IDAT')
    const rows = inflateSync(
      png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)),
    )
    expect(rows).toHaveLength((PICTURE.width * 3 + 1) * PICTURE.height)
    // More than the ground is on it.
    expect(new Set(rows).size).toBeGreaterThan(20)
    expect(png.length).toBeLessThan(60_000)
  })

  test('is refused when it is none', async () => {
    const file = join(folder, 'none.maxspan')
    await writeFile(file, 'no zip')
    const none = publish({ file, path: 'none', site: undefined, folder })
    await expect(none).rejects.toThrow(/none\.maxspan: This bundle is cut off or damaged/)
    const gone = publish({ file: `${file}x`, path: 'x', site: undefined, folder })
    await expect(gone).rejects.toThrow(UsageError)
  })
})

describe('the command line of it', () => {
  test('calls a bundle as its file, below r', () => {
    const read = readReproOptions(['some/Okta push (1).maxspan'])
    expect(read).toMatchObject({ path: 'okta-push-1', folder: 'public' })
    const options = 'b.maxspan --as 2026/x --site https://a.example'.split(' ')
    expect(readReproOptions(options)).toMatchObject({
      path: '2026/x',
      site: 'https://a.example/',
    })
    expect(readReproOptions(['--help'])).toBeUndefined()
  })

  test.each([
    ['', /exactly one/],
    ['a b', /exactly one/],
    ['a --as ../x', /no path/],
    ['a --as x/../y', /no path/],
    ['a --as /x', /no path/],
    ['a --as x/', /no path/],
    ['a --as a?b', /no path/],
    ['a --as a..b', /no path/],
    ['a --as ./a', /no path/],
    ['a --site ftp://x', /--site takes/],
    ['a --what', /--what/],
  ])('"%s" is refused in words', (line, sentence) => {
    const args = line.split(' ').filter((word) => word !== '')
    expect(() => readReproOptions(args)).toThrow(UsageError)
    expect(() => readReproOptions(args)).toThrow(sentence)
  })
})
