/** Six or eight bytes as ECS writes them, with colons, or in groups of four as switches do. */
const WRITTEN = String.raw`[\da-f]{2}-(?:[\da-f]{2}-){4}(?:[\da-f]{2}-[\da-f]{2}-)?[\da-f]{2}|[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{4}(?:\.[\da-f]{4}){2}`
/** Longer rows of bytes are fingerprints. A word and a sign may stand before it: `mac:…`. */
const BEFORE = String.raw`(?<!\w)(?<!(?<!\w)[\da-f]{2}[:-])(?<!(?<!\w)[\da-f]{4}\.)`
const AFTER = String.raw`(?!\w|[:.-][\da-f]{2})`

const MAC = new RegExp(`${BEFORE}(?:${WRITTEN})${AFTER}`, 'gi')
const WHOLE = new RegExp(`^(?:${WRITTEN})$`, 'i')

export const isMac = (text: string): boolean => WHOLE.test(text)

/** Twelve digits without signs; a field has to tell that they are one. */
export const isBareMac = (text: string): boolean => /^[\da-f]{12}$/i.test(text)

/**
 * Other MAC addresses in place of those seen, the same for the same, however they are
 * written. They are of no maker, but where a rule names the first half: then it stays.
 */
export class MacPseudonyms {
  private readonly numbers = new Map<string, number>()

  /** `isAsked`: whether a rule asks for this address; `rules`: their texts, lower case. */
  constructor(
    private readonly isAsked: (mac: string) => boolean,
    private readonly rules: string,
  ) {}

  replaceIn(text: string): string {
    return text.replace(MAC, (mac) => this.of(mac))
  }

  of(mac: string): string {
    const digits = mac.toLowerCase().replace(/[^\da-f]/g, '')
    if (isForAll(digits) || this.isAsked(mac)) return mac
    const number = this.numbers.get(digits) ?? this.numbers.size + 1
    this.numbers.set(digits, number)
    const maker = this.isMakerAsked(mac) ? digits.slice(0, 6) : LOCAL
    const other = maker + number.toString(16).padStart(digits.length - 6, '0')
    return writtenAs(mac, other)
  }

  private isMakerAsked(mac: string): boolean {
    const [maker = ''] = /^(?:[\da-f][:.-]?){5}[\da-f]/i.exec(mac) ?? []
    return this.rules.includes(maker.toLowerCase())
  }
}

/** Addresses that begin so are given out by no maker. */
const LOCAL = '020000'

/** Of nobody, and of groups: the lowest bit of the first byte says so. */
const isForAll = (digits: string): boolean =>
  /^0+$/.test(digits) || (parseInt(digits.slice(0, 2), 16) & 1) === 1

/** Other digits with the signs and the case of a text. */
function writtenAs(mac: string, digits: string): string {
  let at = 0
  const other = mac.replace(/[\da-f]/gi, () => digits[at++] ?? '0')
  return /[A-F]/.test(mac) ? other.toUpperCase() : other
}
