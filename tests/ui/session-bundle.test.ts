import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundledRules } from '../../src/rules/library'
import { readContentId } from '../../src/session/content-id'
import { readBundle } from '../../src/share/bundle'
import { printSession } from '../../src/ui/session/session-bundle'
import { makeGuest } from '../../src/ui/state/guest-session'
import { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import { readSessionData } from '../../src/ui/state/session-data.svelte'
import { openStoredRule } from '../../src/ui/state/stored-rule'
import { documentOf } from '../../src/ui/state/rule-source'
import { Workbench } from '../../src/ui/state/workbench.svelte'

const file = fc.record({
  name: fc.constantFrom('a.evtx', 'a.evtx', 'b.ndjson', 'ünlich/c d.json.gz'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  active: fc.boolean(),
  keep: fc.constantFrom(undefined, {}, { fields: ['host.name'] }),
  readAs: fc.constantFrom(undefined, { offsetMs: -3600_000, timeZone: 'UTC' }),
})

const session = fc.record({
  files: fc.uniqueArray(file, { maxLength: 4, selector: ({ bytes }) => bytes.join() }),
  rules: fc.subarray([...bundledRules]),
  comment: fc.string({ unit: 'grapheme', maxLength: 20 }),
  mapMode: fc.constantFrom('extended' as const, 'faithful' as const),
  mapping: fc.constantFrom(undefined, '{"properties":{"a":{"type":"long"}}}'),
})

test('a session that was saved as a bundle and opened has the same rules, files and settings', async () => {
  await fc.assert(
    fc.asyncProperty(session, async ({ files, rules, comment, mapMode, mapping }) => {
      const bench = new Workbench()
      for (const { name, bytes, active, keep, readAs } of files) {
        const blob = new Blob([bytes])
        const id = await readContentId(blob)
        bench.sources.push(new OpenSource({ id, name, blob }, active, keep, readAs))
      }
      bench.addRules(rules.map(({ rule }) => new OpenRule(rule)))
      for (const rule of bench.rules)
        rule.text += `\n// ${comment.replace(/[\r\n]/g, ' ')}`
      bench.openRule(bench.rules.at(-1)?.id)
      bench.mapMode = mapMode
      bench.mapping =
        mapping === undefined ? undefined : { name: 'm.json', text: mapping }

      const read = await readBundle(await printSession(bench, 'Case 7'))
      if (!read.ok) throw new Error(read.problem.sentence)
      const guest = await makeGuest(read.bundle.reproduction, read.bundle.originals)
      const before = readSessionData(bench)
      expect(guest.name).toBe('Case 7')
      expect(guest.data.sources).toEqual(
        before.sources.map(({ events: _events, ...source }) => source),
      )
      expect([guest.data.mapMode, guest.data.mapping, guest.data.mappingName]).toEqual([
        before.mapMode,
        before.mapping,
        before.mappingName,
      ])
      expect(guest.data.view.selectedRule).toBe(before.view.selectedRule)
      const again = guest.data.rules.map((rule) => openStoredRule(rule)!)
      expect(again.map((rule) => [rule.id, documentOf(rule).text])).toEqual(
        bench.rules.map((rule) => [rule.id, documentOf(rule).text]),
      )
      for (const [at, { bytes }] of files.entries()) {
        const blob = guest.blobs.get(before.sources[at]!.id)
        expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(new Uint8Array(bytes))
      }
    }),
    { numRuns: 40 },
  )
})
