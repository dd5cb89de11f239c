import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import RuleForm from '../../src/ui/rule/RuleForm.svelte'
import { documentOf } from '../../src/ui/state/rule-source'
import { findFaults } from './rendering.svelte'
import { deskWith, openIn, renderWith } from './with-desk'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const TOML = `# Ours, and to be kept.
[metadata]
maturity = "production"

[rule]
name = "Shell from a lock" # why it is named so
severity = "medium"
query = "process where true"

[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0003/"
`

function show(size?: { width: number; height: number }, toml = TOML) {
  const desk = deskWith()
  const rule = openIn(desk, toml)
  const view = renderWith(desk, RuleForm, { rule, onJump: vi.fn() }, size)
  removals.push(view.remove)
  const { root } = view
  /** By its label, of which the words in front count; the last of several. */
  const field = (label: string) => {
    const labels = [...root.querySelectorAll('label')]
    const found = labels.findLast((each) => each.innerText.startsWith(label))
    return document.getElementById(found!.htmlFor) as HTMLInputElement
  }
  const type = async (label: string, text: string) => {
    await userEvent.fill(field(label), text)
    await userEvent.tab()
  }
  const press = (name: string, within: ParentNode = root) => {
    const all = [...within.querySelectorAll<HTMLElement>('button')]
    const names = all.filter((each) =>
      (each.ariaLabel ?? each.innerText).startsWith(name),
    )
    return userEvent.click(names.at(-1)!)
  }
  const part = (title: string) =>
    [...root.querySelectorAll('details')].find(
      (each) => each.querySelector('summary')?.innerText === title,
    )!
  const list = (legend: string) =>
    [...root.querySelectorAll('fieldset')].find(
      (each) => each.querySelector('legend')?.textContent === legend,
    )!
  const unfold = async (title: string) => {
    if (!part(title).open) await userEvent.click(part(title).querySelector('summary')!)
  }
  const text = () => documentOf(rule).text
  return { ...view, desk, rule, field, type, press, list, part, unfold, text }
}

test('ATT&CK grows as a tree whose addresses follow its ids', async () => {
  const { root, rule, type, press, text, field } = show()
  await press('Use the address of this id')
  expect(rule.rule.threat[0]?.tactic.reference).toBe(
    'https://attack.mitre.org/tactics/TA0002/',
  )
  await press('Add technique')
  await type('Technique', 't1053')
  // The focus goes on to the same entry, now that it is one.
  expect(document.activeElement).toBe(field('Called'))
  await press('Add sub-technique')
  await type('Sub-technique', 'T1053.005')
  expect(text().slice(TOML.length - 40)).toMatch(
    /\[\[rule\.threat\.technique\]\]\nid = "T1053"\nname = ""\nreference = "https:\/\/attack\.mitre\.org\/techniques\/T1053\/"\n\n\[\[rule\.threat\.technique\.subtechnique\]\]\nid = "T1053\.005"/,
  )
  await press('Add tactic')
  await type('Tactic', 'TA0003')
  expect(rule.rule.threat.map(({ tactic }) => tactic.name)).toEqual([
    'Execution',
    'Persistence',
  ])
  await press('Remove technique T1053')
  await press('Remove tactic Persistence')
  expect(text()).toBe(TOML.replace('TA0003', 'TA0002'))
  expect(await findFaults(root)).toEqual([])
})

test('suppression and mappings are written as Kibana has them', async () => {
  const { root, rule, type, press, list, unfold, field } = show()
  await unfold('Its alerts')
  await type('Joined by fields', 'host.id\nuser.id')
  await userEvent.selectOptions(field('Joined for'), 'a time')
  await press('Add', list('Severity taken from'))
  await type('Field', 'event.severity')
  await type('Value', '9')
  await userEvent.selectOptions(field('Level'), 'critical')
  await press('Add', list('Risk score taken from'))
  await type('Field', 'event.risk_score')
  expect(rule.rule).toMatchObject({
    alertSuppression: {
      groupBy: ['host.id', 'user.id'],
      duration: { value: 5, unit: 'm' },
    },
    severityMapping: [
      { field: 'event.severity', operator: 'equals', value: '9', severity: 'critical' },
    ],
    riskScoreMapping: [{ field: 'event.risk_score', operator: 'equals' }],
  })
  expect(await findFaults(root)).toEqual([])
  await type('Joined by fields', '')
  await press('Remove 1 of severity taken from')
  await press('Remove 1 of risk score taken from')
  expect(documentOf(rule).text).toBe(TOML)
})

const focused = () => {
  const { ariaLabel, innerText, labels } = document.activeElement as HTMLInputElement
  return (ariaLabel ?? labels?.[0]?.innerText ?? innerText).trim()
}

test('the focus follows what is added and taken away', async () => {
  const { press, type, unfold, list } = show()
  await unfold('Its alerts')
  const rows = list('Severity taken from')
  for (const name of ['a', 'b', 'c']) {
    await press('Add', rows)
    expect(focused()).toMatch(/^Field/)
    await type('Field', name)
  }
  const removals = ['Remove 2 of severity taken from', 'Remove 1 of severity taken from']
  await press(removals[0]!, rows)
  expect(focused()).toBe(removals[0])
  await press(removals[0]!, rows)
  expect(focused()).toBe(removals[1])
  await press(removals[1]!, rows)
  expect(focused()).toMatch(/^Add/)

  await press('Add technique')
  expect(focused()).toBe('Technique')
  await type('Technique', 'T1053')
  await press('Add technique')
  await press('Remove technique')
  expect(focused()).toBe('Remove technique T1053')
  await press('Remove technique T1053')
  expect(focused()).toBe('Add technique')
  await press('Add tactic')
  expect(focused()).toBe('Tactic')
})

test('rows beside what is no row are written to their own places', async () => {
  const { type, text, press, rule, list } = show(
    undefined,
    TOML.replace(
      /\[\[rule\.threat\]\][^]*/,
      'severity_mapping = ["odd", { field = "a", value = "1" }, 7, { field = "b", value = "2" }]\n' +
        'threat = ["odd", { framework = "MITRE ATT&CK", tactic = { id = "TA0002", name = "Execution" }, technique = [1, { id = "T1", name = "One" }] }]\n',
    ),
  )
  await type('Value', '3')
  await press('Remove 1 of severity taken from')
  await press('Add', list('Severity taken from'))
  await type('Field', 'c')
  expect(text()).toMatch(
    /severity_mapping = \["odd", 7, \{ field = "b", value = "3" \}, \{.*field = "c".*\}\]/,
  )
  await press('Add technique')
  await type('Technique', 'T1059')
  expect(rule.rule.threat[0]?.techniques.map(({ id }) => id)).toEqual(['T1', 'T1059'])
  await press('Remove technique One')
  expect(text()).toMatch(/technique = \[1, \{ .*T1059.* \}\]/)
  expect(text()).toMatch(/threat = \["odd", /)
})

test('what was typed into a row and not taken stays with it', async () => {
  const { root, press, type, unfold, list, field } = show()
  await unfold('Its alerts')
  const rows = list('Risk score taken from')
  for (const name of ['a', 'b']) {
    await press('Add', rows)
    await type('Field', name)
  }
  await type('Fixed score', '5')
  await userEvent.type(field('Fixed score'), '{Control>}a{/Control}1e')
  await userEvent.tab()
  expect(root.querySelectorAll('[role="alert"]')).toHaveLength(1)
  await press('Remove 1 of risk score taken from', rows)
  expect(rows.querySelectorAll('[data-entry]')).toHaveLength(1)
  expect(rows.querySelectorAll('[role="alert"]')).toHaveLength(1)
})

test('what is no JSON is not taken, and says so', async () => {
  const { root, rule, type, unfold, field } = show()
  await unfold('Its alerts')
  await type('Filters', '[{"query": ')
  const said = root.querySelector<HTMLElement>('[role="alert"]')!
  expect(said.innerText).toMatch(/no JSON/)
  expect(field('Filters').getAttribute('aria-describedby')).toBe(said.id)
  expect([field('Filters').value, documentOf(rule).text]).toEqual(['[{"query": ', TOML])
  await type('Filters', '[{"query": {"exists": {"field": "a"}}}]')
  expect(rule.rule.filters).toEqual([{ query: { exists: { field: 'a' } } }])
  expect(root.querySelector('[role="alert"]')).toBe(null)
})

test('what is no number takes nothing away', async () => {
  const { root, rule, type, field } = show()
  await type('Risk score', '47')
  await userEvent.type(field('Risk score'), '{Control>}a{/Control}1e')
  await userEvent.tab()
  expect(root.querySelector<HTMLElement>('[role="alert"]')?.innerText).toMatch(
    /no number/,
  )
  expect(rule.rule.riskScore).toBe(47)
})

test('what is no number says so in a field that was empty, until it is gone', async () => {
  const { root, rule, field } = show()
  const problem = () => root.querySelector<HTMLElement>('[role="alert"]')?.innerText
  await userEvent.type(field('Risk score'), '1e')
  await userEvent.tab()
  await vi.waitFor(() => expect(problem()).toMatch(/no number/))
  await userEvent.type(field('Risk score'), '{Backspace}{Backspace}')
  await userEvent.tab()
  await vi.waitFor(() => expect(problem()).toBe(undefined))
  expect(rule.rule.riskScore).toBe(undefined)
})

test('what few rules have is folded up; what a rule has is open', () => {
  const { part } = show()
  expect(
    ['What it is', 'Its alerts', 'What it needs', 'The file'].map(
      (title) => part(title).open,
    ),
  ).toEqual([true, false, false, true])
})

test('it fits a phone', async () => {
  const { root, unfold } = show({ width: 360, height: 700 })
  await unfold('Its alerts')
  expect(root.scrollWidth).toBeLessThanOrEqual(360)
  expect(await findFaults(root)).toEqual([])
})
