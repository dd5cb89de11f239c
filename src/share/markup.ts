/**
 * A piece of HTML or SVG. Only `html` and `styleSheet` make one, and what `html` is given as text stays text:
 * there is no other way from a text to markup.
 */
export class Markup {
  // Private, so that no object of the same shape passes for one.
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }

  static of(parts: TemplateStringsArray, values: readonly Content[]): Markup {
    const text = parts.map(
      (part, at) => part + (at < values.length ? print(values[at]) : ''),
    )
    return new Markup(text.join(''))
  }

  /** Within `<style>` nothing can be escaped. */
  static ofSheet(css: string): Markup {
    if (css.includes('<')) throw new Error('A style sheet holds no markup.')
    return new Markup(`<style>${css}</style>`)
  }
}

/** What stands between tags, or between the quotes of an attribute; nothing: undefined. */
export type Content = Markup | string | number | undefined | readonly Content[]

/**
 * Markup as it is written in the source, with texts in it. An attribute's value stands in
 * double quotes.
 */
export const html = (parts: TemplateStringsArray, ...values: Content[]): Markup =>
  Markup.of(parts, values)

/** The element of a sheet that is ours. */
export const styleSheet = (css: string): Markup => Markup.ofSheet(css)

function print(value: Content): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.toString()
  return typeof value === 'object' ? value.map(print).join('') : escape(String(value))
}

const escape = (text: string): string =>
  text.replace(/[&<>"'\0]/g, (sign) => ESCAPES[sign] ?? '')

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // No document may hold it.
  '\0': '\uFFFD',
}
