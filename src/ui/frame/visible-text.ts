/**
 * Text from events is hostile until shown otherwise: a right-to-left override makes
 * `gpj.exe` read as a picture, and a zero-width space hides a difference. Every such
 * character is replaced by a token one can see and a screen reader can say.
 *
 *     NUL, ESC, tab, line feed   ␀ ␛ ␉ ␊      control pictures
 *     bidi marks, zero width …   ⟨U+202E⟩     the code point in brackets
 *     a lone surrogate           ⟨U+D83D⟩
 */

/** A control character's picture stands this far above it. */
const PICTURES = 0x2400
const DELETE = 0x7f

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
const INVISIBLE_BUT_LAYOUT =
  /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** One line of text from outside, safe to put in a text node and read off the screen. */
export const visibleText = (text: string): string => text.replace(INVISIBLE, printToken)

/** The same for a block that is shown with its own line feeds and tabs. */
export const visibleLines = (text: string): string =>
  text.replace(INVISIBLE_BUT_LAYOUT, printToken)

const printToken = (char: string): string => {
  const code = char.codePointAt(0)!
  if (code < 0x20) return String.fromCharCode(PICTURES + code)
  if (code === DELETE) return '␡'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
