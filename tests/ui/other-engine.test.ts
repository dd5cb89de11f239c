import { expect, test } from 'vitest'
import { changesSince, engineVersion } from '../../src/language/known-differences'
import { sayOtherEngine } from '../../src/ui/share/wording'

const versionsSince = (version: string) =>
  changesSince(version).map((change) => change.version)

test('every release of the engine says what it answers otherwise', () => {
  const later = Array.from({ length: Number(engineVersion) - 1 }, (_, i) => String(i + 2))
  expect(versionsSince('1')).toEqual(later)
  expect(versionsSince(engineVersion)).toEqual([])
  expect(versionsSince('<b>')).toEqual([])
})

test.each([
  ['1', '2', 'It was made with engine 1; this is engine 2. Ties stand otherwise.'],
  [
    '3',
    '2',
    'It was made with engine 3; this is engine 2. Reload the page to get the newest.',
  ],
  ['evil\nwords', '2', 'It was made with an engine that is not this one.'],
])('of what engine %j made, engine %s says it', (made, here, sentence) => {
  expect(sayOtherEngine(made, here, ['Ties stand otherwise.'])).toBe(sentence)
})
