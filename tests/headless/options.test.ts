import { describe, expect, test } from 'vitest'
import { readOptions, UsageError } from '../../src/headless/options'

describe('the command line', () => {
  test('has the defaults of the server', () => {
    expect(readOptions(['--query', 'any where true']).request).toMatchObject({
      size: 10,
      resultPosition: 'tail',
      maxSamplesPerKey: 1,
    })
  })
  test('takes several event files and no limit', () => {
    const options = readOptions(
      '--query q --events a --events b --size all --result-position head'.split(' '),
    )
    expect(options.events).toEqual(['a', 'b'])
    expect(options.request).toMatchObject({ size: Infinity, resultPosition: 'head' })
  })
  test.each([
    ['', /exactly one of/],
    ['--query a --rule b', /exactly one of/],
    ['--query a --size -1', /ambiguous|--size takes/],
    ['--query a --size=-1', /--size takes a whole number from 0/],
    ['--query a --size=', /--size takes a whole number from 0/],
    ['--query a --size x', /--size takes a whole number/],
    ['--query a --max-samples-per-key 0', /from 1 on/],
    ['--query a --result-position middle', /received 'middle'/],
    ['--query a --no-such-option', /--no-such-option/],
  ])('"%s" is refused in words', (line, sentence) => {
    const args = line.split(' ').filter((word) => word !== '')
    expect(() => readOptions(args)).toThrow(UsageError)
    expect(() => readOptions(args)).toThrow(sentence)
  })
})
