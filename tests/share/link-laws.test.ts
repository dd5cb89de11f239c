import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_LINK, printLink, readLink } from '../../src/share/link-text'

const textOf = async (fragment: string) => {
  const read = await readLink(fragment)
  return read.ok ? read.text : read.problem.kind
}

describe('a link', () => {
  test('gives back the text that was put into it', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 2000 })
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        expect(await textOf(await printLink(text))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  test('is safe in Markdown, wikis and shells', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        expect(await printLink(text)).toMatch(/^[\w.-]+$/)
      }),
    )
  })

  test('opens in spite of what a chat put behind it', async () => {
    const link = await printLink('sequence [any where true] [any where true]')
    for (const tail of ['.', ')', '%0A', ' and so on'])
      expect(await textOf(link + tail)).toContain('sequence')
  })

  test('says where it was cut', async () => {
    const link = await printLink('any where user.name == "ann" '.repeat(20))
    const read = await readLink(link.slice(0, -10))
    expect(read).toMatchObject({ ok: false, problem: { kind: 'cut' } })
    const length = link.split('.')[4]!.length
    expect(!read.ok && read.problem.sentence).toContain(
      `${length - 10} of ${length} characters came`,
    )
  })

  test('that was changed anywhere is told from a whole one, and nothing is thrown', async () => {
    const text = 'process where process.name == "a.exe"'
    const link = await printLink(text)
    const change = fc.tuple(fc.nat(link.length - 1), fc.string({ maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (changes) => {
          let changed = link
          for (const [at, by] of changes)
            changed = changed.slice(0, at) + by + changed.slice(at + 1)
          const read = await readLink(changed)
          expect(read.ok ? read.text : text).toBe(text)
        },
      ),
      // Sixteen bits of a checksum let one change in 65,536 through: not with this seed.
      { seed: 7, numRuns: 500 },
    )
  })

  test('of a newer version says so', async () => {
    const link = await printLink('any where true')
    expect(await textOf(link.replace(/^1/, '2'))).toBe('newer')
  })

  test('is not read beyond a length, nor unpacked beyond a size', async () => {
    expect(await textOf(`1.d.zzz.0000.${'A'.repeat(MAX_LINK)}`)).toBe('too-long')
    const bomb = await printLink('a'.repeat(9_000_000))
    expect(bomb.length).toBeLessThan(MAX_LINK)
    expect(await textOf(bomb)).toBe('too-large')
  })

  test('made by the first version opens for ever', async () => {
    const link = FIXTURE
    expect(await textOf(link)).toBe('{"kept":"for ever"}')
  })
})

/** Never to be changed. */
const FIXTURE = '1.z.q.c3e5.eyJrZXB0IjoiZm9yIGV2ZXIifQ'
