import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lookOfStep } from '../../src/ui/result/step-look'

/** The colours are read from the style sheet the page uses (experience.md 5.2). */
const css = readFileSync(new URL('../../src/app.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
)
type Theme = 'light' | 'dark'
const colour = (name: string, theme: Theme): string => {
  const token = tokens.get(name)
  if (!token) throw new Error(`app.css has no colour --${name}`)
  return token[theme]
}

/** Relative luminance and contrast of WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

const GROUNDS = ['surface', 'bg', 'raised', 'hover', 'selected']
const WORDS = ['text', 'muted', 'match', 'near', 'no', 'null']
const STEPS = [1, 2, 3, 4, 5, 6]

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  const on = (name: string, ground: string) =>
    contrast(colour(name, theme), colour(ground, theme))

  test.each(WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground] as const)))(
    'words in %s can be read on %s',
    (word, ground) => expect(on(word, ground)).toBeGreaterThanOrEqual(4.5),
  )

  test.each(STEPS)('step %i can be read as text and seen as a mark', (step) => {
    const name = lookOfStep(step).colour.slice('var(--'.length, -1)
    expect(on(name, 'surface')).toBeGreaterThanOrEqual(4.5)
    for (const ground of [...GROUNDS, 'near-soft'])
      expect(on(name, ground), ground).toBeGreaterThanOrEqual(3)
  })
})

test('no two steps look alike, in shape as well as in colour', () => {
  const looks = Array.from({ length: 12 }, (_, at) => lookOfStep(at + 1))
  expect(new Set(looks.map((look) => look.name)).size).toBe(12)
  expect(new Set(looks.slice(0, 6).map((look) => look.colour)).size).toBe(6)
  expect(looks[6]).toEqual({ ...looks[0], doubled: true, name: 'double triangle' })
})
