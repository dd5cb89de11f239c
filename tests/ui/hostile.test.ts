import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printBundle } from '../../src/share/bundle'
import { looksLikeLink, printLink } from '../../src/share/link-text'
import type { Reproduction } from '../../src/share/reproduction'
import { questionOf } from '../../src/ui/share/open-shared'
import { Guests, type Place } from '../../src/ui/state/guests.svelte'
import { limitsOf } from '../../src/ui/state/rule-text'
import type { SessionKeeper } from '../../src/ui/state/session-keeper.svelte'
import { openStoredRule, storeRule } from '../../src/ui/state/stored-rule'
import { Workbench } from '../../src/ui/state/workbench.svelte'
import { EngineHost } from '../../src/worker/host'

/*
 * Whatever stands in an address or a bundle: it opens, or a sentence says why it does not.
 * Nothing is thrown on the way to what the page would show and run.
 */
const GOOD: Reproduction = {
  engine: '1',
  title: 'Look',
  rules: [
    {
      name: 'a.toml',
      text: '[rule]\nname = "A"\nrule_id = "r"\ntype = "eql"\nquery = "any where true"\n',
      exceptions:
        '[[exceptions]]\n[exceptions.container]\nlist_id = "l"\n[[exceptions.items]]\nitem_id = "i"\n',
      filtersOff: ['filter-1'],
      onlyIndices: true,
      tests: { text: 'format = 1\n', events: '{}' },
      versions: [{ time: 1, text: '[rule]\nname = "A"\nquery = "any where false"\n' }],
      draft: { text: '[rule', query: 'any where true' },
    },
  ],
  sources: [
    {
      name: 'events.ndjson',
      text: '{"@timestamp":1}',
      readAs: { offsetMs: 5, leaveOut: [1] },
      keep: { fields: ['a'] },
      original: 0,
    },
  ],
  mapping: { name: 'mapping.json', text: '{"properties":{}}' },
  view: { rule: 0, kind: 'match', place: 3, step: 2 },
  opensTo: [{ matches: 1, nearMisses: 0 }],
}

/** Opens what an address holds as far as the page would; undefined when it was refused. */
async function open(fragment: string, hosted?: Blob) {
  const place: Place = {
    fragment: () => fragment,
    write: () => undefined,
    fetch: async () => hosted,
  }
  // Nothing is opened here, so nobody keeps anything.
  const nobody: Partial<SessionKeeper> = {}
  const guests = new Guests(new Workbench(), nobody as SessionKeeper, place)
  const guest = await guests.read()
  if (!guest) {
    const isMeant = looksLikeLink(fragment) || fragment.startsWith('repro=')
    if (isMeant) expect(guests.refused).toMatch(/[.]$/)
    return undefined
  }
  const rules = guest.data.rules.flatMap((rule) => openStoredRule(rule) ?? [])
  for (const rule of rules) {
    storeRule(rule)
    limitsOf(rule)
  }
  if (guest.data.mapping !== null) await new EngineHost().setMapping(guest.data.mapping)
  return guest
}

const linkTo = (value: unknown): Promise<string> => printLink(JSON.stringify(value))

test('the example of all there is opens', async () => {
  expect((await open(await linkTo(GOOD)))?.name).toBe('Look')
})

/** A value with another in the place of one of its parts. */
function replaceAt(value: unknown, at: number, by: unknown): unknown {
  let count = -1
  const visit = (each: unknown): unknown => {
    if (++count === at) return by
    if (Array.isArray(each)) return each.map(visit)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(
      Object.entries(each).map(([key, part]) => [key, visit(part)]),
    )
  }
  return visit(value)
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(-1, 1e300, 2 ** 53, '\0', '../..', '__proto__', '[rule]\n'),
)

test('with anything in any place of it nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(50), anything), { minLength: 1, maxLength: 3 }),
      async (changes) => {
        let value: unknown = GOOD
        for (const [at, by] of changes) value = replaceAt(value, at, by)
        await open(await linkTo(value))
      },
    ),
    { numRuns: 300 },
  )
})

test('a link with signs changed or cut off says so', async () => {
  const link = await linkTo(GOOD)
  const change = fc.tuple(fc.nat(link.length - 1), fc.string({ maxLength: 2 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 3 }),
      fc.nat(30),
      async (changes, cut) => {
        let changed = link.slice(0, link.length - cut)
        for (const [at, by] of changes)
          changed = changed.slice(0, at) + by + changed.slice(at + 1)
        await open(changed)
      },
    ),
    { numRuns: 200 },
  )
})

test('a bundle with bytes changed or cut off says so', async () => {
  const blob = await printBundle({
    reproduction: GOOD,
    originals: [{ name: 'a.ndjson', bytes: new Uint8Array([123, 125]) }],
  })
  const whole = new Uint8Array(await blob.arrayBuffer())
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.nat(60),
      async (changes, cut) => {
        const bytes = whole.slice(0, whole.length - cut)
        for (const [at, byte] of changes) bytes[at] = byte
        await open('repro=a', new Blob([bytes]))
      },
    ),
    { numRuns: 300 },
  )
})

describe('nested a hundred thousand deep', () => {
  const deep = (left: string, right: string, within = '') =>
    left.repeat(100_000) + within + right.repeat(100_000)
  const [rule] = GOOD.rules
  const [source] = GOOD.sources
  const withRule = (more: object) => ({ ...GOOD, rules: [{ ...rule, ...more }] })

  test.each<[string, unknown]>([
    ['a rule as TOML', withRule({ text: `[rule]\nname = ${deep('[', ']')}` })],
    ['a rule as JSON', withRule({ text: `{"name":${deep('[', ']')}}` })],
    ['a query', withRule({ text: `any where ${deep('(', ')', 'true')}` })],
    ['its exceptions', withRule({ exceptions: `[[exceptions]]\na = ${deep('[', ']')}` })],
    ['a version', withRule({ versions: [{ time: 1, text: `a = ${deep('[', ']')}` }] })],
    [
      'a mapping',
      { ...GOOD, mapping: { name: 'm', text: deep('{"properties":', '}', '1') } },
    ],
    ['an event', { ...GOOD, sources: [{ ...source, text: deep('{"a":', '}', '1') }] }],
    ['what nobody knows', { ...GOOD, later: JSON.parse(deep('[', ']')) as unknown }],
  ])('%s is refused or left alone', async (_, value) => {
    await open(await printLink(printDeep(value)))
  })

  // JSON.stringify is recursive; what is deep stands in texts but for one case.
  const printDeep = (value: unknown): string => {
    const { later, ...rest } = value as { later?: unknown }
    const text = JSON.stringify(rest)
    return later === undefined ? text : text.replace(/\}$/, `,"later":${deep('[', ']')}}`)
  }

  test('an event makes no match and no noise', async () => {
    const question = questionOf({
      ...GOOD,
      sources: [{ name: 'e', text: deep('{"a":', '}', '1') }],
    })
    const host = new EngineHost()
    const done = await host.load({
      id: 'e',
      name: 'e.ndjson',
      blob: new Blob([...(question?.lines ?? [])]),
    })
    expect(done.ok).toBe(true)
  })
})
