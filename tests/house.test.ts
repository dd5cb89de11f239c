import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findCircles, readImports } from './support/imports'
import type { Import, Sources } from './support/imports'

/*
 * The import rule of src/README.md, and what else keeps the house in order.
 *
 *   assembly < events < language < ingest < engine < explain < rules < worker < session
 *            < share < editor < shell < ui < main
 */

/** Bottom first. A type import goes to a room further down, never up. */
const ORDER = [
  ...['assembly', 'events', 'language', 'ingest', 'engine', 'explain', 'rules'],
  ...['worker', 'session', 'share', 'editor', 'shell', 'ui', 'headless', 'main'],
]

/** A value import goes only to the places named here, and inside its own place. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  assembly: [],
  events: [],
  language: [],
  ingest: ['events', 'assembly'],
  engine: ['events', 'language'],
  explain: ['events', 'language', 'engine'],
  rules: ['language'],
  'worker, engine side': [
    ...['events', 'language', 'ingest', 'engine', 'explain', 'rules'],
  ],
  'worker, page side': [],
  session: [],
  share: [],
  editor: ['language'],
  shell: [],
  ui: [
    ...['language', 'rules', 'worker, page side', 'session', 'share', 'editor'],
    'shell',
  ],
  headless: ['events', 'language', 'rules', 'worker, engine side', 'share'],
  main: ['shell', 'ui', 'worker, page side'],
}

/** The libraries a room may use. The page may use any. */
const MAY_USE: Record<string, readonly string[]> = {
  assembly: [],
  events: [],
  language: ['@lezer/common', '@lezer/lr'],
  ingest: ['d3-dsv', 'fflate', 'saxes', 'tldts'],
  engine: [],
  explain: [],
  rules: ['smol-toml', 'toml-eslint-parser', 'diff'],
  worker: ['comlink'],
  session: ['idb'],
  share: ['valibot', 'fflate', 'ipaddr.js', 'crc-32'],
  editor: ['@codemirror/', '@lezer/', 'codemirror'],
  shell: ['workbox-precaching', 'vite', 'node:crypto'],
}

/** What the page loads of the worker room. The rest of it runs in the worker. */
const PAGE_SIDE = ['worker/client.ts', 'worker/api.ts']

const MAX_LINES = 400
const BAD_NAME = /(^|\/)(index|utils?|helpers?|common|misc|shared|types)\./

const root = join(dirname(fileURLToPath(import.meta.url)), '../src')
const files: Sources = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|svelte|css|grammar)$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
)
const code: Sources = new Map([...files].filter(([file]) => /\.(ts|svelte)$/.test(file)))

const roomOf = (file: string) => file.replace(/\.ts$/, '').split('/')[0] ?? ''

/** Like the room, but with the two sides of the worker room told apart. */
function placeOf(file: string): string {
  if (roomOf(file) !== 'worker') return roomOf(file)
  return PAGE_SIDE.includes(file) ? 'worker, page side' : 'worker, engine side'
}

type Rule = (each: Import) => boolean

const isInside: Rule = ({ to }) => !to.startsWith('library:') && !to.startsWith('../')

const isForbiddenValue: Rule = ({ from, to, typeOnly, asWorker }) => {
  if (typeOnly || to.endsWith('.css') || placeOf(from) === placeOf(to)) return false
  if (asWorker) return placeOf(from) !== 'worker, page side' && roomOf(from) !== 'main'
  return !MAY_IMPORT[placeOf(from)]?.includes(placeOf(to))
}

const isTypeFromAbove: Rule = ({ from, to, typeOnly }) =>
  typeOnly && ORDER.indexOf(roomOf(to)) > ORDER.indexOf(roomOf(from))

const isForeignLibrary: Rule = ({ from, to }) => {
  const allowed = MAY_USE[roomOf(from)]
  if (allowed === undefined || !to.startsWith('library:')) return false
  const library = to.slice('library:'.length)
  return !allowed.some((name) =>
    name.endsWith('/') ? library.startsWith(name) : library === name,
  )
}

/** What is wrong with the imports of some files, a line each. */
function checkImports(sources: Sources): readonly string[] {
  const imports = readImports(sources)
  const inside = imports.filter(isInside)
  const listed = (what: string, wrong: readonly Import[]) =>
    wrong.map(({ from, to }) => `${what}: ${from} -> ${to}`)
  return [
    ...listed('value', inside.filter(isForbiddenValue)),
    ...listed('type from above', inside.filter(isTypeFromAbove)),
    ...listed('library', imports.filter(isForeignLibrary)),
    ...listed(
      're-export',
      // The door of a WebAssembly module names all that it exports.
      imports.filter((each) => each.reExport && roomOf(each.from) !== 'assembly'),
    ),
    ...findCircles(inside).map((circle) => `circle: ${circle}`),
  ]
}

describe('the house', () => {
  test('keeps the import rule', () => {
    expect(checkImports(code)).toEqual([])
  })

  test('has a room for every file', () => {
    const lost = [...code.keys()].filter((file) => !ORDER.includes(roomOf(file)))
    expect(lost).toEqual([])
  })

  test('has no dumping ground', () => {
    expect([...files.keys()].filter((file) => BAD_NAME.test(file))).toEqual([])
  })

  test('has files one can read', ({ annotate }) => {
    const lengths = new Map(
      [...files].map(([file, text]) => [file, text.split('\n').length - 1]),
    )
    const sorted = [...lengths.values()].sort((a, b) => a - b)
    void annotate(`${sorted.length} files, median ${sorted[sorted.length >> 1]} lines`)
    expect([...lengths].filter(([, lines]) => lines > MAX_LINES)).toEqual([])
  })
})

describe('the rule catches', () => {
  const house = {
    'events/table.ts': '',
    'language/ast.ts': 'export interface Query {}',
    'engine/run.ts': "import { a } from '../events/table'",
    'worker/api.ts': "import type { R } from '../engine/run'",
    'worker/client.ts': "import type { Api } from './api'",
    'worker/host.ts': "import { run } from '../engine/run'",
    'worker/worker.ts': "import { host } from './host'",
    'ui/App.svelte':
      "<script lang='ts'>import { start } from '../worker/client'</script>",
    'main.ts': "import W from './worker/worker?worker&inline'",
  }
  const faults: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'the engine on the page',
      {
        'ui/App.svelte': "<script>\nimport {\n run\n} from '../engine/run'\n</script>",
      },
      'value: ui/App.svelte -> engine/run.ts',
    ],
    [
      'the engine on the page, loaded late',
      { 'main.ts': "void import('./engine/run')" },
      'value: main.ts -> engine/run.ts',
    ],
    [
      'a type from above',
      { 'events/table.ts': "import type { Query } from '../language/ast'" },
      'type from above: events/table.ts -> language/ast.ts',
    ],
    [
      'a type from above, named in place',
      { 'events/table.ts': "let q: import('../language/ast').Query" },
      'type from above: events/table.ts -> language/ast.ts',
    ],
    [
      'a circle of types',
      {
        'language/ast.ts': "import type { B } from './b'",
        'language/b.ts': "import { type Query } from './ast'",
      },
      'circle: language/ast.ts > language/b.ts > language/ast.ts',
    ],
    [
      'the host reached from the client',
      { 'worker/client.ts': "import { host } from './host'" },
      'value: worker/client.ts -> worker/host.ts',
    ],
    [
      'a worker started by a component',
      { 'ui/App.svelte': "<script>import W from '../worker/worker?worker'</script>" },
      'value: ui/App.svelte -> worker/worker.ts',
    ],
    [
      'a re-export',
      { 'engine/run.ts': "export {\n a } from '../events/table'" },
      're-export: engine/run.ts -> events/table.ts',
    ],
    [
      'a library out of its room',
      { 'engine/run.ts': "import { openDB } from 'idb'" },
      'library: engine/run.ts -> library:idb',
    ],
  ]

  test('nothing in a house in order', () => {
    expect(checkImports(new Map(Object.entries(house)))).toEqual([])
  })
  test.each(faults)('%s', (_, planted, fault) => {
    const sources = new Map(Object.entries({ ...house, ...planted }))
    expect(checkImports(sources)).toEqual([fault])
  })
})
