import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { lookInside } from '../../src/ingest/look-inside'
import { Intake } from '../../src/ui/state/intake'
import type { OpenRules } from '../../src/ui/state/open-rules.svelte'
import type { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import { makeTar, makeZip } from '../ingest/make-archives'

/** Opens one file and says what it was taken for. */
async function takenFor(name: string, content: string | Uint8Array): Promise<string> {
  const taken: string[] = []
  const bench = new Workbench()
  const rules: Partial<OpenRules> = {
    add: async (list) =>
      void taken.push(
        ...list.map(
          ({ rule, tests }) =>
            `rule ${rule.name}${tests ? ' with tests' : ''}${tests?.events ? ' and events' : ''}`,
        ),
      ),
  }
  const loader: Partial<SourceLoader> = {
    add: async (files) =>
      void taken.push(
        ...files.map(({ file, readAs }) =>
          readAs?.leaveOut
            ? `events ${file.name} without ${readAs.leaveOut.join()}`
            : `events ${file.name}`,
        ),
      ),
    setMapping: async (mapping) => {
      taken.push(`mapping ${mapping?.name}`)
      return undefined
    },
  }
  const intake = new Intake(
    bench,
    { lookInside },
    rules as OpenRules,
    loader as SourceLoader,
    { openBundle: async ({ name }) => void taken.push(`bundle ${name}`) },
    { takes: async () => false },
    { whenThrough: async () => undefined },
  )
  await intake.open([new File([content as BlobPart], name)])
  expect(bench.opening).toEqual([])
  return taken.join(', ')
}

const EVENT = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"category":"process"}}'
const FIELDS = '{"properties":{"host":{"type":"keyword"}}}'

test.each([
  ['a.ndjson', `${EVENT}\n${EVENT}\n`, 'events a.ndjson'],
  ['a.json', `[${EVENT}]`, 'events a.json'],
  ['a.ndjson.gz', gzipSync(EVENT), 'events a.ndjson.gz'],
  ['empty', '', 'events empty'],
  ['shot.png', '\x89PNG\r\n\x1a\n', 'events shot.png'],
  ['m.json', FIELDS, 'mapping m.json'],
  ['m.json', `{"mappings":${FIELDS}}`, 'mapping m.json'],
  ['m.json', `{"logs-1":{"mappings":${FIELDS}}}`, 'mapping m.json'],
  // Events may have fields of these names.
  ['e.json', '{"@timestamp":1,"properties":{"host":"a"}}', 'events e.json'],
  ['e.json', '{"@timestamp":1,"mappings":"x"}', 'events e.json'],
  ['e.ndjson', `${FIELDS}\n${EVENT}`, 'events e.ndjson'],
  ['q.eql', '// title: Mine\nprocess where true', 'rule Mine'],
  ['r.toml', '[rule]\nname = "T"\ntype = "eql"\nquery = "any where true"', 'rule T'],
] as const)('%s with %j is %s', async (name, content, taken) => {
  expect(await takenFor(name, content)).toBe(taken)
})

const RULE = '[rule]\nname = "T"\ntype = "eql"\nquery = "any where true"'
const rule = { name: 'rules/t.toml', bytes: RULE }
const tests = {
  name: 'rules/t.tests.toml',
  bytes: 'format = 1\n[[test]]\nname = "a"\nexpect = "match"\nevents = "{}"\n',
}
const readme = { name: 'README.md', bytes: '# Rules\n\nWords.\n' }
const events = { name: 'e.ndjson', bytes: `${EVENT}\n` }

test.each([
  ['rules alone', makeZip([rule]), 'rule T'],
  ['rules and words', gzipSync(makeTar([readme, rule])), 'rule T'],
  ['both', makeZip([events, readme, rule]), 'rule T, events x without 2'],
  ['events', makeZip([events, readme]), 'events x'],
  ['one rule', gzipSync(RULE), 'rule T'],
  ['a rule and its tests', makeZip([rule, tests]), 'rule T with tests'],
  [
    'a rule, its tests and their events',
    makeZip([{ ...events, name: 'rules/t.events.ndjson' }, rule, tests, events]),
    'rule T with tests and events, events x without 1,2',
  ],
  ['nothing', makeZip([readme]), 'events x'],
] as const)('an archive with %s', async (_, content, taken) => {
  expect(await takenFor('x', content)).toBe(taken)
})

test('of a folder, what is neither events nor rules is told once', async () => {
  const bench = new Workbench()
  const taken: string[] = []
  const loader: Partial<SourceLoader> = {
    add: async (files) => void taken.push(...files.map(({ file }) => file.name)),
  }
  const rules: Partial<OpenRules> = {
    add: async (list) => void taken.push(...list.map(({ rule }) => rule.name)),
  }
  const intake = new Intake(
    bench,
    { lookInside },
    rules as OpenRules,
    loader as SourceLoader,
    { openBundle: async ({ name }) => void taken.push(`bundle ${name}`) },
    { takes: async () => false },
    { whenThrough: async () => undefined },
  )
  const entries = ['a.ndjson', 'b.md', 'c.py', 't.toml', '.git'].map((name) =>
    entryOf(name, name === 'a.ndjson' ? EVENT : name === 't.toml' ? RULE : 'words'),
  )
  await intake.openDropped({ files: [], folders: [folderOf(entries)] })
  expect(taken).toEqual(['T', 'a.ndjson'])
  expect(bench.notices.list.map(({ text }) => text)).toEqual([
    'Neither events nor rules, and left aside: b.md, c.py.',
  ])
})

const entryOf = (name: string, text: string) =>
  ({
    name,
    isFile: true,
    isDirectory: false,
    file: (found: (file: File) => void) => found(new File([text], name)),
  }) as unknown as FileSystemEntry

function folderOf(entries: readonly FileSystemEntry[]) {
  let left = [...entries]
  const readEntries = (found: (entries: FileSystemEntry[]) => void) => {
    found(left)
    left = []
  }
  const folder = {
    name: 'folder',
    isDirectory: true,
    createReader: () => ({ readEntries }),
  }
  return folder as unknown as FileSystemDirectoryEntry
}

test('a file that cannot be read is told, and the others are opened', async () => {
  const gone = new File(['{"a":1}'], 'gone.ndjson')
  gone.slice = () => {
    throw new DOMException('It is gone.', 'NotFoundError')
  }
  const bench = new Workbench()
  const taken: string[] = []
  const loader: Partial<SourceLoader> = {
    add: async (files) => void taken.push(...files.map(({ file }) => file.name)),
  }
  const rules: Partial<OpenRules> = {}
  const intake = new Intake(
    bench,
    { lookInside },
    rules as OpenRules,
    loader as SourceLoader,
    { openBundle: async ({ name }) => void taken.push(`bundle ${name}`) },
    { takes: async () => false },
    { whenThrough: async () => undefined },
  )
  await intake.open([gone, new File([EVENT], 'here.ndjson')])
  expect(taken).toEqual(['here.ndjson'])
  expect(bench.opening).toEqual([])
  expect(bench.notices.list.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^gone\.ndjson: /),
  ])
})

test('what is dropped while a session is brought in waits for it', async () => {
  const taken: string[] = []
  const rules: Partial<OpenRules> = {
    add: async (list) => void taken.push(...list.map(({ rule }) => rule.name)),
  }
  const loader: Partial<SourceLoader> = { add: async () => undefined }
  let goOn: () => void = () => undefined
  const through = new Promise<void>((resolve) => (goOn = resolve))
  const intake = new Intake(
    new Workbench(),
    { lookInside },
    rules as OpenRules,
    loader as SourceLoader,
    { openBundle: async () => undefined },
    { takes: async () => false },
    { whenThrough: () => through },
  )
  const opened = intake.open([new File([RULE], 't.toml')])
  await new Promise((resume) => setTimeout(resume))
  expect(taken).toEqual([])
  goOn()
  await opened
  expect(taken).toEqual(['T'])
})
