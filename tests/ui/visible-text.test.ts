import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleLines, visibleText } from '../../src/ui/frame/visible-text'

test.each([
  ['plain.exe', 'plain.exe'],
  ['größe 😀 中文', 'größe 😀 中文'],
  ['a\u0000b', 'a␀b'],
  ['one\ntwo\tthree\r', 'one␊two␉three␍'],
  ['\u001b[31m', '␛[31m'],
  ['del\u007f', 'del␡'],
  ['invoice\u202excod.exe', 'invoice⟨U+202E⟩xcod.exe'],
  ['cmd\u200b.exe', 'cmd⟨U+200B⟩.exe'],
  ['half \ud83d', 'half ⟨U+D83D⟩'],
  ['\udc00 half', '⟨U+DC00⟩ half'],
  ['\ufeffmark', '⟨U+FEFF⟩mark'],
  ['tag \u{e0041}', 'tag ⟨U+E0041⟩'],
])('%j is shown as %s', (text, shown) => expect(visibleText(text)).toBe(shown))

test('a block keeps its line feeds and tabs, and nothing else that is unseen', () => {
  expect(visibleLines('one\n\ttwo\r\n\u202e')).toBe('one\n\ttwo␍\n⟨U+202E⟩')
})

test('what is shown holds no control, bidi or lone half of a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }),
  )
})
