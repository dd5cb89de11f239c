import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readBundle, type Bundle } from '../../src/share/bundle'
import { readLink } from '../../src/share/link-text'
import { readReproduction, type Reproduction } from '../../src/share/reproduction'
import { questionOf } from '../../src/ui/share/open-shared'
import { WitnessEngine } from '../../src/ui/share/witness-engine'
import { makeGuest } from '../../src/ui/state/guest-session'
import { openStoredRule } from '../../src/ui/state/stored-rule'
import { EngineHost } from '../../src/worker/host'

/*
 * Links and bundles of every version that was ever passed on. What is in the folder stays
 * as it is; a new form puts new files beside the old ones.
 */
const folder = fileURLToPath(new URL('../share/kept/', import.meta.url))
const names = readdirSync(folder)
const links = names.filter((name) => name.endsWith('.link'))

async function openKept(name: string): Promise<Bundle> {
  const bytes = readFileSync(`${folder}${name}`)
  if (name.endsWith('.link')) {
    const link = await readLink(bytes.toString().trim())
    const read = link.ok ? readReproduction(link.text) : link
    if (read.ok) return { reproduction: read.reproduction, originals: [] }
    throw new Error(read.problem.sentence)
  }
  const read = await readBundle(new Blob([new Uint8Array(bytes)]))
  if (read.ok) return read.bundle
  throw new Error(read.problem.sentence)
}

const verdictOf = (reproduction: Reproduction) =>
  new WitnessEngine(new EngineHost()).ask(questionOf(reproduction)!)

describe.each(names)('%s', (name) => {
  test('opens to what it gave where it was made', async () => {
    const { reproduction, originals } = await openKept(name)
    const verdict = await verdictOf(reproduction)
    const [then] = reproduction.opensTo
    expect([verdict?.matchCount, verdict?.nearMissCount]).toEqual([
      then?.matches,
      then?.nearMisses,
    ])
    const { view } = reproduction
    const list = view?.kind === 'match' ? verdict?.matches : verdict?.nearMisses
    expect(list?.[view?.place ?? 0]).toBeDefined()
    const guest = await makeGuest(reproduction, originals)
    expect(guest.data.rules).toHaveLength(reproduction.rules.length)
    for (const { id } of guest.data.sources) expect(guest.blobs.has(id)).toBe(true)
  })
})

test('every version of a link and of a bundle is among them', () => {
  expect(links.every((name) => name.startsWith('1-'))).toBe(true)
  expect(names.filter((name) => name.endsWith('.maxspan'))).toEqual([
    '1.maxspan',
    '2.maxspan',
  ])
})

test('tests of the first version of bundles belong to their rules', async () => {
  const { reproduction } = await openKept('1.maxspan')
  expect(reproduction.rules[0]?.tests?.text).toContain('[[test]]')
})

test('what the second version has beside the rules is opened', async () => {
  const { reproduction, originals } = await openKept('2.maxspan')
  const { data, blobs } = await makeGuest(reproduction, originals)
  const [stored, second] = data.rules
  const rule = openStoredRule(stored!)
  expect(rule?.opened.exceptions[0]?.items[0]?.name).toBe('The scanner')
  expect(rule?.onlyIndices).toBe(true)
  expect(rule?.tests?.text).toContain('[[test]]')
  expect(rule?.versions).toHaveLength(2)
  expect(second?.filtersOff).toEqual(['filter-1'])
  expect(data.mapping).toContain('dynamic')
  const [source] = data.sources
  expect(source?.name).toBe('hour.ndjson')
  // The file as it was opened, not the events that were made of it.
  const text = await blobs.get(source!.id)?.text()
  expect(text).toContain('"process":{')
})
