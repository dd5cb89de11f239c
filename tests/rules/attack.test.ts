import { expect, test } from 'vitest'
import { attackUrl, isAttackId, TACTICS, withId } from '../../src/rules/attack'

const nameOf = (id: string) =>
  ({ T1059: 'Interpreter', T1053: 'Task' })[id] ??
  TACTICS.find((tactic) => tactic.id === id)?.name

const draw = ({ id, name, reference }: ReturnType<typeof withId>) =>
  `${id} | ${name} | ${reference.replace('https://attack.mitre.org/', '')}`
const entry = (text: string) => {
  const [id = '', name = '', address = ''] = text.split(' | ')
  const isOurs = /^(?:tactics|techniques)\//.test(address)
  const reference = isOurs ? `https://attack.mitre.org/${address}` : address
  return { id, name, reference }
}

test.each([
  // entry, id typed, entry
  [' |  | ', 'TA0003', 'TA0003 | Persistence | tactics/TA0003/'],
  [' |  | ', 't1059', 'T1059 | Interpreter | techniques/T1059/'],
  [' |  | ', 'T9999.001', 'T9999.001 |  | techniques/T9999/001/'],
  [
    'T1059 | Interpreter | techniques/T1059/',
    'T1053',
    'T1053 | Task | techniques/T1053/',
  ],
  ['T1059 | Ours | techniques/T1059/', 'T1053', 'T1053 | Ours | techniques/T1053/'],
  ['T1059 | Interpreter | elsewhere', 'T1053', 'T1053 | Task | elsewhere'],
  [
    'T1059 | Interpreter | techniques/T1059/',
    'T10',
    'T10 | Interpreter | techniques/T1059/',
  ],
])('%s with the id %s is %s', (before, id, after) => {
  expect(draw(withId(entry(before), id, nameOf))).toBe(after)
})

test('tactics have ids and addresses of ATT&CK', () => {
  expect(TACTICS).toHaveLength(14)
  for (const { id, reference } of TACTICS)
    expect([isAttackId(id), reference]).toEqual([true, attackUrl(id)])
})
