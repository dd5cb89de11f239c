import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import BoardPane from '../../src/ui/board/BoardPane.svelte'
import { countFilters } from '../../src/ui/rule/rule-choice'
import RuleList from '../../src/ui/rule/RuleList.svelte'
import RuleFilters from '../../src/ui/rule/RuleFilters.svelte'
import type { Desk } from '../../src/ui/state/desk'
import type { OpenRule } from '../../src/ui/state/open-rule.svelte'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import type { AskedRun, BoardAnswer } from '../../src/worker/board-api'
import { answerOf, outcomeOf } from './answers'
import { findFaults } from './rendering.svelte'
import { deskWith, openIn, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const SEVERITIES = ['low', 'medium', 'high', 'critical']
const toml = (n: number): string =>
  `[rule]\nname = "Rule ${n}"\nrule_id = "r${n}"\ntype = "eql"\nlanguage = "eql"\n` +
  `severity = "${SEVERITIES[n % 4]}"\nrisk_score = 21\nquery = "process where true"\n`

/** Rule n has n matches and twice as many near misses. */
function openMany(desk: Desk, count: number): readonly OpenRule[] {
  return Array.from({ length: count }, (_, n) => {
    const rule = openIn(desk, toml(n))
    const answer = answerOf(0, 0, { matchCount: n, nearMissCount: 2 * n })
    rule.outcome = rule.latest = outcomeOf(answer, { ruleId: rule.id, ticket: n })
    rule.ticket = rule.settled = n
    return rule
  })
}

const ofRoot = (root: HTMLElement) => ({
  all: (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)],
  one: (selector: string) => root.querySelector<HTMLElement>(selector)!,
})

test.each([12, 200])(
  'of %i rules the one that is opened comes into sight',
  async (count) => {
    const desk = deskWith()
    openMany(desk, count)
    desk.bench.openRule('r0')
    const view = renderWith(desk, RuleList, {}, { width: 260, height: 300 })
    removals.push(view.remove)
    // As the column it stands in, which scrolls.
    Object.assign(view.root.querySelector<HTMLElement>('section')!.style, {
      height: '300px',
      overflow: 'auto',
    })
    const bottom = view.root.getBoundingClientRect().top + 300
    for (const id of [`r${count - 1}`, 'r0']) {
      desk.bench.openRule(id)
      const isInSight = () => {
        const row = view.root
          .querySelector('[aria-current="true"]')
          ?.getBoundingClientRect()
        return (
          row && row.height > 0 && row.top >= bottom - 300 && row.bottom <= bottom + 1
        )
      }
      await expect.poll(isInSight).toBe(true)
    }
  },
)

describe('filters of a long list', () => {
  const show = () => {
    const desk = deskWith()
    openMany(desk, 12)
    const view = renderWith(desk, RuleFilters, { found: 12 }, { width: 260, height: 400 })
    removals.push(view.remove)
    return { desk, ...view, ...ofRoot(view.root) }
  }
  const select = (root: HTMLElement, label: string) =>
    root.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`)!

  test('tell what they are for, and how many rules each value has', async () => {
    const { root, one, all } = show()
    expect(all('select')).toEqual([])
    await userEvent.click(one('button[aria-expanded]'))
    expect([...select(root, 'Severity').options].map(({ text }) => text)).toEqual([
      ...['Any severity', 'critical (3)', 'high (3)', 'medium (3)', 'low (3)'],
    ])
    expect(await findFaults(root)).toEqual([])
  })

  test('leave the list its room: no more than two in a row, no higher than needed', async () => {
    const { one, all } = show()
    await userEvent.click(one('button[aria-expanded]'))
    const rows = new Set(all('select').map((each) => each.getBoundingClientRect().top))
    expect(rows.size).toBe(3)
    expect(one('.filters').offsetHeight).toBeLessThan(190)
  })

  test('are set, counted, and taken back at once', async () => {
    const { desk, root, one, all } = show()
    await userEvent.type(one('input[type="search"]'), 'rule')
    await userEvent.click(one('button[aria-expanded]'))
    await userEvent.selectOptions(select(root, 'Severity'), 'high')
    await userEvent.selectOptions(select(root, 'Sort by'), 'near-misses')
    expect(desk.bench.ruleChoice).toMatchObject({
      ...{ words: 'rule', severity: 'high', order: 'near-misses' },
    })
    expect(one('button[aria-expanded]').ariaLabel).toBe('Filter and sort, 2 set')
    expect(one('[role="status"]').innerText).toBe('12 of 12 rules')
    await userEvent.click(all('button').find((b) => b.innerText === 'Show all')!)
    expect(countFilters(desk.bench.ruleChoice)).toBe(0)
    expect(one('[role="status"]').innerText).toBe('')
  })
})

describe('a board of rules by sources', () => {
  /** Of n matches of rule n all are of source a, one of them of b too. */
  const show = (count: number, size = { width: 900, height: 500 }) => {
    const countBySource = vi.fn(
      async (runs: readonly AskedRun[]): Promise<BoardAnswer> => ({
        sources: ['a', 'b'],
        runs: runs.map(({ ruleId, ticket }) => ({
          ...{ ruleId, ticket },
          matches: { counts: [ticket, Math.min(1, ticket)], across: Math.min(1, ticket) },
          nearMisses: { counts: [0, 2 * ticket], across: 0 },
        })),
      }),
    )
    const desk = deskWith({ countBySource })
    const rules = openMany(desk, count)
    desk.bench.sources = ['a', 'b'].map((id) => {
      const source = new OpenSource({ id, name: `${id}.ndjson`, blob: new Blob() })
      source.phase = 'ready'
      return source
    })
    desk.bench.showsBoard = true
    const view = renderWith(desk, BoardPane, {}, size)
    removals.push(view.remove)
    const { all, one } = ofRoot(view.root)
    const row = (place: number) => one(`[role="row"][aria-rowindex="${place + 2}"]`)
    const said = (place: number) =>
      [...row(place).querySelectorAll('[role="gridcell"] .visually-hidden')].map(
        (cell) => cell.textContent,
      )
    const ready = () =>
      vi.waitFor(() => {
        expect(one('[role="grid"]').ariaColCount).toBe('5')
        expect(document.activeElement?.matches('[data-cell]')).toBe(true)
      })
    return { desk, rules, countBySource, ...view, all, one, row, said, ready }
  }
  const active = () => {
    const cell = document.activeElement
    const row = Number(cell?.closest('[role="row"]')?.ariaRowIndex) - 2
    return `${row},${Number(cell?.ariaColIndex) - 1}`
  }

  test('says of each cell what it counts, and adds up', async () => {
    const { said, ready, all, root } = show(4)
    await ready()
    expect(all('[role="columnheader"]').map((head) => head.innerText)).toEqual([
      ...['Rule', 'All sources', 'a.ndjson', 'b.ndjson', 'Several sources'],
    ])
    expect(said(4)).toEqual([
      '3 matches, 6 near misses',
      '3 matches, 0 near misses',
      '1 match, 6 near misses',
      '1 match, 0 near misses',
    ])
    expect(said(0)).toEqual([
      '6 matches, 12 near misses',
      '6 matches, 0 near misses',
      '3 matches, 12 near misses',
      '3 matches, 0 near misses',
    ])
    expect(await findFaults(root)).toEqual([])
  })

  test('asks of each answer once, and again when another comes', async () => {
    const { rules, countBySource, ready, said } = show(4)
    await ready()
    expect(countBySource).toHaveBeenCalledTimes(1)
    const rule = rules[1]!
    rule.ticket = rule.settled = 9
    rule.outcome = outcomeOf(answerOf(0, 0, { matchCount: 9, nearMissCount: 18 }), {
      ...{ ruleId: rule.id, ticket: 9 },
    })
    await vi.waitFor(() => expect(said(2)[1]).toBe('9 matches, 0 near misses'))
    expect(countBySource.mock.calls.at(-1)).toEqual([[{ ruleId: 'r1', ticket: 9 }]])
    expect(countBySource).toHaveBeenCalledTimes(2)
  })

  test('is walked by keys, however long; few rows are in the page', async () => {
    const { all, ready, one } = show(1500)
    await ready()
    expect(one('[role="grid"]').ariaRowCount).toBe('1502')
    expect(active()).toBe('1,0')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}')
    await vi.waitFor(() => expect(active()).toBe('2,2'))
    await userEvent.keyboard('{Control>}{End}{/Control}')
    await vi.waitFor(() => expect(active()).toBe('1500,4'))
    await userEvent.keyboard('{Control>}{Home}{/Control}')
    await vi.waitFor(() => expect(active()).toBe('0,0'))
    expect(all('[data-board-rule]').length).toBeLessThan(60)
    expect(all('[data-cell][tabindex="0"]')).toHaveLength(1)
  })

  test('leads from a cell to the results of that source', async () => {
    const { desk, row, ready } = show(4)
    await ready()
    await userEvent.click(row(3).querySelector<HTMLElement>('[aria-colindex="4"]')!)
    const { bench } = desk
    expect([bench.ruleId, bench.limit]).toEqual(['r2', { ruleId: 'r2', sourceId: 'b' }])
    expect(bench.showsBoard).toBe(false)
    await userEvent.click(row(2).querySelector<HTMLElement>('[aria-colindex="2"]')!)
    expect([bench.ruleId, bench.limit]).toEqual(['r1', undefined])
  })

  test('has nothing but the rules that are listed', async () => {
    const { desk, all, ready } = show(20)
    await ready()
    desk.bench.ruleChoice = {
      ...desk.bench.ruleChoice,
      severity: 'high',
      order: 'matches',
    }
    await vi.waitFor(() =>
      expect(all('[data-board-rule]').map((each) => each.dataset['boardRule'])).toEqual([
        ...['r18', 'r14', 'r10', 'r6', 'r2'],
      ]),
    )
  })
})
