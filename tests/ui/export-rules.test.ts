import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { lookInside } from '../../src/ingest/look-inside'
import { readExceptionFile } from '../../src/rules/exception-file'
import { differingFields, isSameRule } from '../../src/rules/export-record'
import { looksLikeRules, readRules } from '../../src/rules/rule-file'
import { looksLikeTests } from '../../src/rules/rule-tests'
import { listEventPaths } from '../../src/rules/rule-tree'
import { exportRules, type ExportFormat } from '../../src/ui/rule/export-rules'
import { readFoundRules } from '../../src/ui/state/read-found-rules'
import { eventsNamed, OpenRule } from '../../src/ui/state/open-rule.svelte'
import { ruleAsEdited, writeField } from '../../src/ui/state/rule-source'
import { exceptionsToml } from '../support/rule-toml'

const FILES = {
  toml: '[rule]\nname = "Any" # ours\nrule_id = "r"\nseverity = "low"\nrisk_score = 5\ntype = "eql"\nlanguage = "eql"\nquery = "any where true"\n',
  json: '{"name":"Any","rule_id":"r","type":"eql","language":"eql","severity":"low","risk_score":5,"query":"any where true"}',
  eql: '// title: Any\nany where true\n',
}
const engine = { event: () => Promise.reject(new Error('no events here')) }

const open = (text: string): OpenRule => new OpenRule(readRules(text).rules[0]!)
const edited = (text: string): OpenRule => {
  const rule = open(text)
  writeField({ edit: () => undefined, runNow: () => undefined }, rule, 'tags', ['T'])
  rule.text = 'process where true'
  return rule
}
const filesIn = async (blob: Blob): Promise<Readonly<Record<string, string>>> => {
  const entries = Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer())))
  return Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)]))
}

test.each(
  Object.entries(FILES).flatMap(([from, text]) =>
    (['toml', 'ndjson'] as const).map((to) => [from, to, text] as const),
  ),
)('an edited rule from %s, saved as %s and opened, is the same', async (_, to, text) => {
  const rule = edited(text)
  const { name, blob } = await exportRules([rule], to, engine)
  expect(name).toBe(`any.${to}`)
  const [again] = readRules(await blob.text()).rules
  expect(again?.query).toBe('process where true')
  expect(isSameRule(again!, ruleAsEdited(rule))).toBe(true)
})

test('files of events that would have one name in the folder stay apart', async () => {
  const rule = open(FILES.toml)
  const named = ['../data/x.ndjson', 'data/x.ndjson', 'y.ndjson']
  const text = named
    .map((file) => `[[test]]\nname = "${file}"\nevents_file = "${file}"\n`)
    .join('')
  rule.tests = { text, files: named.map((name) => ({ name, text: `of ${name}` })) }
  const { blob } = await exportRules([rule], 'folder', engine)
  const saved = await filesIn(blob)
  const said = saved['any/tests.toml']!
  const now = [...said.matchAll(/events_file = "(.*)"/g)].map(([, name]) => name!)
  expect(now.map((name) => saved[`any/${name}`])).toEqual(
    named.map((name) => `of ${name}`),
  )
  expect(said).toContain('name = "../data/x.ndjson"')
})

test('tests whose events lie in several files keep each, also from beside their folder', async () => {
  const test = (name: string, file: string) =>
    `[[test]]\nname = "${name}"\nexpect = "none"\nevents_file = "${file}"\n`
  const texts = [
    { path: 'set/any/rule.toml', text: FILES.toml },
    {
      path: 'set/any/tests.toml',
      text: `format = 1\n${test('early', 'early.ndjson')}${test('late', '../data/late.ndjson')}${test('gone', 'gone.ndjson')}`,
    },
  ]
  const beside = (...paths: string[]) =>
    new Map(paths.map((path) => [path, new File([`{"of":"${path}"}\n`], path)]))
  const found = await readFoundRules(
    texts,
    beside('set/any/early.ndjson', 'set/data/late.ndjson', 'set/any/events.ndjson'),
    () => false,
  )
  expect([found.problems, found.others]).toEqual([[], []])
  const rule = open(FILES.toml)
  rule.tests = found.rules[0]!.tests
  const eventsOf = (name: string) => eventsNamed(rule.tests!, name)
  const events = ['early.ndjson', '../data/late.ndjson', 'gone.ndjson'].map(eventsOf)
  expect(events).toEqual(
    ['any/early', 'data/late', 'any/events'].map(
      (path) => `{"of":"set/${path}.ndjson"}\n`,
    ),
  )
  const { blob } = await exportRules([rule], 'folder', engine)
  const saved = await filesIn(blob)
  expect(Object.keys(saved)).toEqual([
    ...['any/rule.toml', 'any/tests.toml', 'any/events.ndjson'],
    ...['any/early.ndjson', 'any/data/late.ndjson'],
  ])
  const files = Object.entries(saved).map(([path, text]) => ({ path, text }))
  const again = await readFoundRules(
    files.filter(({ path }) => path.endsWith('.toml')),
    new Map(
      files
        .filter(({ path }) => path.endsWith('.ndjson'))
        .map(({ path, text }) => [path, new File([text], path)]),
    ),
    () => false,
  )
  const { tests } = again.rules[0]!
  expect(
    ['early.ndjson', 'data/late.ndjson', 'gone.ndjson'].map((name) =>
      eventsNamed(tests!, name),
    ),
  ).toEqual(events)
})

test('rules of one name do not take each other the place', async () => {
  const rules = [open(FILES.toml), open(FILES.json), open(FILES.eql)]
  const paths = async (format: ExportFormat) => {
    const { name, blob } = await exportRules(rules, format, engine)
    return [name, ...Object.keys(await filesIn(blob))]
  }
  expect(await paths('toml')).toEqual([
    ...['rules-toml.zip', 'any.toml', 'any-2.toml', 'any-3.toml'],
  ])
  expect(await paths('folder')).toEqual([
    ...['rules.zip', 'any/rule.toml', 'any-2/rule.toml', 'any-3/rule.toml'],
  ])
})

test('a rule whose name ends in a number keeps its place', async () => {
  const numbered = FILES.toml.replace('"Any"', '"Any 2"')
  const rules = [open(FILES.toml), open(FILES.json), open(numbered)]
  const { blob } = await exportRules(rules, 'toml', engine)
  expect(Object.keys(await filesIn(blob))).toEqual([
    ...['any.toml', 'any-2.toml', 'any-2-2.toml'],
  ])
})

test('tests in JSON stay so, and find their events where these are now', async () => {
  const rule = open(FILES.toml)
  rule.tests = {
    text: '{"format": 1, "test": [{"name": "n", "events_file": "../late.ndjson"}]}',
    events: '{"host.id": 1}\n',
  }
  const { blob } = await exportRules([rule], 'folder', engine)
  expect(Object.keys(await filesIn(blob))).toEqual([
    ...['any/rule.toml', 'any/tests.json', 'any/events.ndjson'],
  ])
  expect((await openZip(blob)).map(({ tests }) => tests)).toEqual([rule.tests])
})

test('all rules go into one file for Kibana', async () => {
  const rules = [open(FILES.toml), open(FILES.eql)]
  const { name, blob } = await exportRules(rules, 'ndjson', engine)
  expect(name).toBe('rules.ndjson')
  expect(readRules(await blob.text()).rules.map((rule) => rule.query)).toEqual([
    'any where true',
    open(FILES.eql).text,
  ])
})

const parseRecord = (text: string) => JSON.parse(text) as Record<string, unknown>

/** Opens an archive as the page does: rules, tests and exceptions, then events beside them. */
async function openZip(zip: Blob) {
  const isOfRules = (head: string) => looksLikeRules(head) || looksLikeTests(head)
  const texts = (await lookInside(zip, isOfRules)).texts.map(({ path, text }) => ({
    path,
    text,
  }))
  const paths = listEventPaths(texts)
  const events = await lookInside(zip, (_, path) => paths.has(path))
  const beside = events.texts.map(
    ({ path, text }) => [path, new File([text], path)] as const,
  )
  return (await readFoundRules(texts, new Map(beside), () => false)).rules
}

/** Texts that are hard on formats. */
const text = fc.stringMatching(/^[a-z"'\\\n\t #=ä{}[\]-]{0,40}$/)
const name = fc.stringMatching(/^[A-Z][a-z]{1,8}( [a-z0-9'"]{1,6}){0,2}$/)
const drawn = fc.record({
  name,
  description: text,
  tags: fc.array(text, { maxLength: 3 }),
  tests: fc.option(fc.record({ case: name, events: fc.array(text, { maxLength: 3 }) }), {
    nil: undefined,
  }),
})

test('folders in a zip, opened again, are equal: rule, exceptions, tests, events', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(drawn, {
        selector: (each) => each.name,
        maxLength: 4,
        minLength: 1,
      }),
      async (all) => {
        const rules = all.map(({ tests, ...more }, n) => {
          const json = { ...parseRecord(FILES.json), ...more, rule_id: `r${n}` }
          const [rule] = readRules(JSON.stringify(json)).rules
          const exceptions =
            n === 1 ? [readExceptionFile(exceptionsToml()).lists[0]!] : []
          const opened = new OpenRule({ ...rule!, exceptions })
          opened.tests = tests && {
            text: `format = 1\n[[test]]\nname = ${JSON.stringify(tests.case)}\n`,
            events: tests.events.map((line) => `${JSON.stringify({ line })}\n`).join(''),
          }
          return opened
        })
        const { blob } = await exportRules(rules, 'folder', engine)
        const again = await openZip(blob)
        expect(again.map(({ rule }) => rule.name)).toEqual(all.map((each) => each.name))
        for (const [n, { rule, tests }] of again.entries()) {
          const own = rules[n]!
          expect(differingFields(ruleAsEdited(own), rule)).toEqual([])
          expect(tests?.text).toBe(own.tests?.text)
          expect(tests?.events ?? '').toBe(own.tests?.events ?? '')
        }
      },
    ),
    { numRuns: 40 },
  ))
