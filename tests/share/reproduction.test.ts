import { describe, expect, test } from 'vitest'
import {
  printReproduction,
  readReproduction,
  type Reproduction,
} from '../../src/share/reproduction'

const whole: Reproduction = {
  engine: '1.2.3',
  title: 'A task that comes and goes',
  rules: [{ name: 'rule.toml', text: '[rule]\nname = "x"' }],
  sources: [
    {
      name: 'events.ndjson',
      text: '{"a":9223372036854775807}\n',
      readAs: { offsetMs: 5 },
    },
  ],
  mapping: { name: 'mapping.json', text: '{"properties":{}}' },
  view: { rule: 0, kind: 'near miss', place: 2 },
  opensTo: [{ matches: 1, nearMisses: 3 }],
}

const placeOf = (value: unknown) => {
  const read = readReproduction(JSON.stringify(value))
  return read.ok ? 'nothing' : /: (.*) is not/.exec(read.problem.sentence)?.[1]
}

describe('a reproduction', () => {
  test('is read as it was printed', () => {
    const read = readReproduction(printReproduction(whole))
    expect(read).toEqual({ ok: true, reproduction: whole })
  })

  test.each<[string, unknown]>([
    ['its outermost value', 7],
    ['its outermost value', null],
    ['rules', { ...whole, rules: 'x' }],
    ['rules.0.text', { ...whole, rules: [{ name: 'a', text: 1 }] }],
    ['view.rule', { ...whole, view: { rule: -1 } }],
    ['opensTo.0.matches', { ...whole, opensTo: [{ matches: 0.5, nearMisses: 0 }] }],
    [
      'sources.0.readAs.mode',
      { ...whole, sources: [{ name: '', text: '', readAs: { mode: '?' } }] },
    ],
  ])('with something wrong names the place: %s', (place, value) => {
    expect(placeOf(value)).toBe(place)
  })

  test('that is no JSON is refused', () => {
    expect(readReproduction('{').ok).toBe(false)
  })

  test('lets go what it does not know, prototypes included', () => {
    const text = printReproduction(whole).replace(
      '{',
      '{"__proto__":{"x":1},"later":[1],',
    )
    expect(readReproduction(text)).toEqual({ ok: true, reproduction: whole })
  })
})
