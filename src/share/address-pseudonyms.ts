import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = readonly [Address, number]

/** Networks that rules and readers tell apart. */
const KNOWN = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16'],
  ...['100.64.0.0/10', '224.0.0.0/4', '240.0.0.0/4', '0.0.0.0/8', '192.0.2.0/24'],
  ...['198.51.100.0/24', '203.0.113.0/24', '198.18.0.0/15', '192.0.0.0/24'],
  ...['::1/128', '::/128', 'fe80::/10', 'fc00::/7', 'ff00::/8', '2001:db8::/32'],
  ...['::ffff:0:0/96'],
]
const LOOPBACK_OR_NONE = ['loopback', 'unspecified', 'broadcast', 'multicast']

/**
 * Other addresses in place of those seen, the same for the same. An address and its
 * pseudonym are in the same ones of the given networks and of those everybody knows.
 */
export class AddressPseudonyms {
  private readonly networks: readonly Network[]
  private readonly given = new Map<string, string>()
  private readonly taken = new Set<string>()

  /** Of `cidrs`, what is no network is let go. */
  constructor(cidrs: readonly string[]) {
    this.networks = [...KNOWN, ...cidrs.filter((cidr) => ipaddr.isValidCIDR(cidr))].map(
      (cidr) => ipaddr.parseCIDR(cidr),
    )
  }

  /** The same text for what is no address, and for those that mean the same everywhere. */
  of(text: string): string {
    const known = this.given.get(text)
    if (known !== undefined) return known
    if (!isAddress(text)) return text
    const address = ipaddr.parse(text)
    const other = LOOPBACK_OR_NONE.includes(address.range()) ? text : this.make(address)
    this.given.set(text, other)
    return other
  }

  private make(address: Address): string {
    const same = this.given.get(address.toString())
    if (same !== undefined) return same
    const place = this.placeOf(address)
    const around = Math.max(0, ...this.holding(address).map(([, bits]) => bits))
    for (let n = 1; n < MOST_TRIED; n++) {
      const other = withHost(address, around, n)
      const text = other.toString()
      if (this.taken.has(text) || this.placeOf(other) !== place) continue
      this.taken.add(text)
      this.given.set(address.toString(), text)
      return text
    }
    // A network of one address, or one that is full: there is no other.
    return address.toString()
  }

  private holding(address: Address): readonly Network[] {
    return this.networks.filter((network) => isIn(address, network))
  }

  private placeOf(address: Address): string {
    return this.networks.map((network) => (isIn(address, network) ? 1 : 0)).join('')
  }
}

const MOST_TRIED = 70_000

const isIn = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match([network, bits])

/** An address is written with dots or colons; `ipaddr.js` takes `7` for one too. */
const isAddress = (text: string): boolean =>
  /[.:].*[.:]/.test(text) && ipaddr.isValid(text)

/** Times of day have colons, too. */
export const isIpv6 = (text: string): boolean => ipaddr.IPv6.isValid(text)

/** The address of number `n` in the network of the first `bits` bits. */
function withHost(address: Address, bits: number, n: number): Address {
  const bytes = address.toByteArray()
  for (let bit = bits; bit < bytes.length * 8; bit++) {
    const fromEnd = bytes.length * 8 - 1 - bit
    const isOne = fromEnd < 31 && ((n >> fromEnd) & 1) === 1
    const mask = 0x80 >> (bit & 7)
    const byte = bytes[bit >> 3]!
    bytes[bit >> 3] = isOne ? byte | mask : byte & ~mask
  }
  // Addresses without a network would all begin with zeros, which is a network of its own.
  if (bits === 0) bytes[0] = bytes.length === 4 ? 81 : 0x2a
  return ipaddr.fromByteArray(bytes)
}
