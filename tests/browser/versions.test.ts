import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import VersionsPane from '../../src/ui/rule/VersionsPane.svelte'
import type { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { writeField, writeSource } from '../../src/ui/state/rule-source'
import { keepVersion, leaveDraft } from '../../src/ui/state/rule-versions'
import type { CompareRequest } from '../../src/worker/repair-api'
import { matchOf } from './answers'
import { findFaults } from './rendering.svelte'
import { deskWith, openIn, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const toml = (id: string, query: string) =>
  `[rule]\nname = "Rule ${id}"\nrule_id = "${id}"\nseverity = "low"\nrisk_score = 21\nquery = "${query}"\n`
const NOON = Date.UTC(2026, 0, 1, 12)
const HOUR = 3_600_000
const FIRST = 'process where process.pid > 4'
const OTHER = 'any where false'

/** Of a rule that was opened, edited, and edited again, beside another rule. */
function show(size?: { width: number; height: number }) {
  const compare = vi.fn(async (_: CompareRequest) => ({
    ok: true as const,
    comparison: {
      ...{ id: 1, version: 1 },
      counts: { gained: 1, lost: 0, unchanged: 0 },
      lists: {
        gained: [{ match: matchOf(0), why: { sentence: 'Step 1 was false.' } }],
        ...{ lost: [], unchanged: [] },
      },
    },
  }))
  const desk = deskWith({ compare })
  openIn(desk, toml('b', OTHER), NOON)
  const rule = openIn(desk, toml('a', FIRST), NOON)
  writeField(desk.loop, rule, 'severity', 'high')
  keepVersion(rule, NOON + HOUR, 'edited')
  rule.text = 'process where process.pid > 5'
  keepVersion(rule, NOON + 2 * HOUR, 'edited')
  const onJump = vi.fn()
  const view = renderWith(desk, VersionsPane, { rule, onJump }, size)
  removals.push(view.remove)
  rule.state = 'done'
  const button = (name: RegExp, at = 0) => {
    const all = [...view.root.querySelectorAll<HTMLElement>('button')]
    return all.filter((each) => name.test(each.ariaLabel ?? each.innerText))[at]!
  }
  const inMenu = async (version: RegExp, entry: string) => {
    await userEvent.click(button(version))
    const items = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')]
    await userEvent.click(items.find((item) => item.innerText.trim() === entry)!)
  }
  return { ...view, desk, rule, compare, button, inMenu }
}

/** Without the times, which are those of the clock on the wall. */
const list = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>('[data-version] .what')].map((what) =>
    what.innerText
      .replace(/ *\w+ \d+, \d{4}, [\d:]+ [AP]M */, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
const queries = (rule: OpenRule) => rule.versions.map(({ read }) => read()?.query)

test('what a rule was is told by what changed, and compared by a press', async () => {
  const { root, compare, button } = show()
  expect(list(root)).toEqual([
    'Edited now Query: 1 line changed.',
    'Edited Severity: low → high.',
    'As opened',
  ])
  await expect.poll(() => root.querySelector('[data-change="gained"]')).toBeTruthy()
  expect(root.innerText).toContain('Before: Step 1 was false.')
  await userEvent.click(button(/^Compare: As opened/))
  expect(root.innerText).toContain('Different: severity, query.')
  expect(compare.mock.lastCall?.[0]).toMatchObject({
    before: FIRST,
    query: 'process where process.pid > 5',
  })
  expect(await findFaults(root)).toEqual([])
})

test('any two rules are laid side by side', async () => {
  const { root, compare } = show()
  const [before] = root.querySelectorAll('select')
  await userEvent.selectOptions(before!, 'Rule b')
  await expect.poll(() => compare.mock.lastCall?.[0]).toMatchObject({ before: OTHER })
  expect(root.innerText).toMatch(/Different: .*name.*query/)
})

test('one is named, gone back to, and taken away, each to be undone', async () => {
  const { root, rule, desk, inMenu, button } = show()
  await inMenu(/^More about this version: Edited/, 'Name…')
  await userEvent.fill(
    document.querySelector<HTMLInputElement>('.dialog input')!,
    'Tuned',
  )
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => list(root)[0]).toBe('“Tuned” now Query: 1 line changed.')
  expect(button(/^Save version/)).toHaveProperty('disabled', true)

  await inMenu(/^More about this version: As opened/, 'Go back to it')
  expect([rule.text, rule.rule.severity, rule.isEdited]).toEqual([FIRST, 'low', false])
  await expect.poll(() => list(root)[2]).toBe('As opened now')
  const undo = () => {
    const notice = desk.bench.notices.list.at(-1)!
    desk.bench.notices.answer(notice.id, notice.actions[0]!)
  }
  undo()
  expect([rule.text, rule.rule.severity]).toEqual([
    'process where process.pid > 5',
    'high',
  ])

  const before = queries(rule)
  await inMenu(/^More about this version: Edited/, 'Delete')
  expect(rule.versions).toHaveLength(2)
  undo()
  expect(queries(rule)).toEqual(before)
})

test('it fits a phone', async () => {
  const { root } = show({ width: 360, height: 700 })
  expect(root.scrollWidth).toBeLessThanOrEqual(360)
  expect(await findFaults(root)).toEqual([])
})

test('a source that cannot be read is listed, and can only be gone back to', async () => {
  const { root, rule, desk, inMenu } = show()
  writeSource(desk.loop, rule, `${toml('a', FIRST)}risk_score =`)
  leaveDraft(rule, NOON + 3 * HOUR)
  await expect
    .poll(() => list(root))
    .toEqual([
      'Edited, source that cannot be read',
      'Edited now Query: 1 line changed.',
      'Edited Severity: low → high.',
      'As opened',
    ])
  expect(root.querySelectorAll('[data-version] button[aria-pressed]')).toHaveLength(3)
  await inMenu(/^More about this version: Edited, source/, 'Go back to it')
  expect(rule.draft?.text).toMatch(/risk_score =$/)
  expect(list(root)[0]).toBe('Edited, source that cannot be read now')
})
