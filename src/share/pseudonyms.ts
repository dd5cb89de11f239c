import { AddressPseudonyms } from './address-pseudonyms'
import { isBareMac, MacPseudonyms } from './mac-pseudonyms'
import { isEveryones, personalKind } from './personal-data'

type Named = 'user' | 'host' | 'domain' | 'machine'

/**
 * Other names in place of those of users, hosts, domains, SIDs, IP and MAC addresses
 * (experience.md 4.6). The same name gives the same pseudonym wherever it stands, within
 * paths and command lines too; pseudonyms stay in the networks of their addresses; paths
 * keep their depth. Names that a rule's text holds are kept, and so is what it asks.
 */
export class Pseudonyms {
  private readonly names = new Map<string, string>()
  private readonly counts = new Map<Named, number>()
  private readonly authorities = new Map<string, number>()
  private readonly relatives = new Map<string, number>()
  private readonly addresses: AddressPseudonyms
  private readonly macs: MacPseudonyms
  private readonly rules: string
  private words: RegExp | undefined = undefined
  /** Names that stay as they are, because a rule asks for them. */
  readonly kept = new Set<string>()

  constructor(ruleTexts: readonly string[]) {
    this.rules = ruleTexts.join('\n').toLowerCase()
    const cidrs = this.rules.match(/[\da-f.:]+\/\d{1,3}/g) ?? []
    this.addresses = new AddressPseudonyms(cidrs)
    this.macs = new MacPseudonyms((mac) => this.isKept(mac), this.rules)
  }

  /** Takes in the names of an event (as JSON). All events first, then `replaceIn`. */
  learn(json: string): void {
    this.words = undefined
    this.visit('', JSON.parse(json))
  }

  private visit(field: string, value: unknown): void {
    if (typeof value === 'string') this.learnValue(field, value)
    else if (Array.isArray(value)) for (const each of value) this.visit(field, each)
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value))
        this.visit(field === '' ? name : `${field}.${name}`, each)
  }

  private learnValue(field: string, value: string): void {
    const kind = personalKind(field, value)
    if (kind === 'email') {
      const [user = '', domain = ''] = value.split('@')
      this.name('user', user)
      this.name('domain', domain)
    } else if (kind === 'host') this.learnHost(value)
    else if (kind === 'user') this.learnUser(value)
    else if (kind === 'address' && isBareMac(value)) this.learnBareMac(value)
    else if (kind === 'domain' || kind === 'machine') this.name(kind, value)
  }

  /** `ws1.corp.example`: a host in a domain. */
  private learnHost(value: string): void {
    const [host = '', ...domain] = value.replace(/^\\\\/, '').split('.')
    this.name('host', host)
    if (domain.length > 0) this.name('domain', domain.join('.'))
  }

  /** `CORP\ann`, `ann@corp.example`, `WS1$`. */
  private learnUser(value: string): void {
    const [, domain, user = value] = /^([^\\@]+)\\(.+)$/.exec(value) ?? []
    if (domain !== undefined && personalKind('user.domain', domain))
      this.name('domain', domain)
    if (user.endsWith('$')) this.name('host', user.slice(0, -1))
    else if (personalKind('user.name', user)) this.name('user', user)
  }

  /** Nothing in a text would tell it. */
  private learnBareMac(value: string): void {
    const other = this.macs.of(value)
    if (other !== value) this.names.set(value.toLowerCase(), other.toLowerCase())
  }

  private name(kind: Named, name: string): void {
    const key = name.toLowerCase()
    if (name === '' || this.names.has(key)) return
    if (this.isKept(name)) return
    const count = (this.counts.get(kind) ?? 0) + 1
    this.counts.set(kind, count)
    this.names.set(key, `${kind}-${count}`)
  }

  private isKept(name: string): boolean {
    if (!wordsOf([name]).test(this.rules)) return false
    if (!isEveryones(name)) this.kept.add(name)
    return true
  }

  /** The event (as JSON) with other names; keys and numbers stay as they are. */
  replaceIn(json: string): string {
    return json.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (token, colon?: string) => {
      if (colon !== undefined) return token
      const text = JSON.parse(token) as string
      const other = this.replaceText(text)
      return other === text ? token : JSON.stringify(other)
    })
  }

  /** A text with other names. */
  replaceText(text: string): string {
    const whole = this.names.get(text.toLowerCase())
    if (whole !== undefined) return inCaseOf(text, whole)
    return this.macs
      .replaceIn(text)
      .replace(SID, (sid) => this.replaceSid(sid))
      .replace(ADDRESS, (address) =>
        this.isKept(address) ? address : this.addresses.of(address),
      )
      .replace((this.words ??= wordsOf(this.names.keys())), (name) =>
        inCaseOf(name, this.names.get(name.toLowerCase())!),
      )
  }

  /** Well-known accounts keep their last number, and SIDs of one authority stay so. */
  private replaceSid(sid: string): string {
    if (this.isKept(sid)) return sid
    const [, authority = '', relative] =
      /^(S-1-5-21-\d+-\d+-\d+)(?:-(\d+))?$/i.exec(sid) ?? []
    if (authority === '') return withNumber('S-1-12-1', numberIn(this.relatives, sid), 4)
    const other = withNumber('S-1-5-21', numberIn(this.authorities, authority), 3)
    if (relative === undefined) return other
    const isWellKnown = Number(relative) < 1000
    const last = isWellKnown ? relative : String(1000 + numberIn(this.relatives, sid))
    return `${other}-${last}`
  }
}

/** The SID of that number: `S-1-5-21-1001-2001-3001` is the first. */
const withNumber = (start: string, n: number, parts: number): string =>
  [start, ...Array.from({ length: parts }, (_, at) => 1000 * (at + 1) + n)].join('-')

/** Of a domain, of an account in one, and of Entra ID, which has no part for its domain. */
const SID = /S-1-(?:5-21(?:-\d+){3,4}|12-1(?:-\d+){4})/gi
/** Signs, such as of a port, may follow four numbers with dots, and stand before them. */
const ADDRESS =
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|(?<![\w.:])(?:::ffff:\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:]|\.\d))/gi

/** Finds them as whole words. Names of one letter would be found everywhere. */
function wordsOf(names: Iterable<string>): RegExp {
  const longestFirst = [...names]
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
    .map(escape)
  if (longestFirst.length === 0) return /(?!)/g
  const edge = '[\\p{L}\\p{N}_-]'
  return new RegExp(`(?<!${edge})(?:${longestFirst.join('|')})(?!${edge})`, 'giu')
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Upper case stays told from lower case, where a comparison may tell them apart. */
const inCaseOf = (name: string, other: string): string =>
  name === name.toLowerCase()
    ? other
    : name === name.toUpperCase()
      ? other.toUpperCase()
      : other.charAt(0).toUpperCase() + other.slice(1)

function numberIn(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key.toLowerCase()) ?? numbers.size + 1
  numbers.set(key.toLowerCase(), number)
  return number
}
