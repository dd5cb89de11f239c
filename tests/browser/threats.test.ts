import { afterEach, expect, test } from 'vitest'
import Threats from '../../src/ui/rule/Threats.svelte'
import type { Threat } from '../../src/rules/rule'
import { findFaults, render } from './rendering.svelte'

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

const SHELL = { id: 'T1059.004', name: 'Unix Shell', reference: 'javascript:alert(1)' }
const THREAT: Threat = {
  framework: 'MITRE ATT&CK',
  tactic: { id: 'TA0002', name: 'Execution', reference: 'https://attack.mitre.org/' },
  techniques: [
    { id: 'T1059', name: '', reference: 'http://example.org/', subtechniques: [SHELL] },
    { id: '', name: '<b>bold</b>', reference: '', subtechniques: [] },
  ],
}

test('a tree that says the same twice, with names and addresses one cannot trust', async () => {
  const { root, remove } = render(Threats, { threats: [THREAT, THREAT] })
  removals.push(remove)
  const links = [...root.querySelectorAll('a')].map((link) => [
    link.textContent,
    link.rel,
    link.protocol,
  ])
  const both = [
    ['Execution (TA0002)', 'noopener noreferrer', 'https:'],
    ['T1059', 'noopener noreferrer', 'http:'],
  ]
  expect(links).toEqual([...both, ...both])
  expect(root.querySelector('li li li')?.textContent.trim()).toBe(
    'Unix Shell (T1059.004)',
  )
  expect(root.querySelector('b')).toBe(null)
  expect(await findFaults(root)).toEqual([])
})
