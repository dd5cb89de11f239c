/**
 * An IP address as 32 hexadecimal digits, so that addresses compare as strings do and
 * equal ones are `===`. IPv4 stands as its IPv4-mapped form, `::ffff:a.b.c.d`.
 */
export type Address = string

/** All addresses from `first` to `last`, both included. */
export interface AddressBlock {
  readonly first: Address
  readonly last: Address
}

const mappedPrefix = '00000000000000000000ffff'
const allBits = (1n << 128n) - 1n

/** Reads IPv4 (no leading zeros) or IPv6 (no zone); undefined for anything else. */
export function readAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const digits = readFour(text)
    return digits === undefined ? undefined : mappedPrefix + digits
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = '', tail] = halves
  const left = readGroups(head, tail === undefined)
  const right = tail === undefined ? '' : readGroups(tail, true)
  if (left === undefined || right === undefined) return undefined
  const gap = 32 - left.length - right.length
  if (tail === undefined ? gap !== 0 : gap < 4) return undefined
  return left + '0'.repeat(gap) + right
}

/** Eight hexadecimal digits for `a.b.c.d`. */
function readFour(text: string): string | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let digits = ''
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    digits += Number(part).toString(16).padStart(2, '0')
  }
  return digits
}

/** `a:b:c`, where the last group may be an IPv4 address when `fourLast`. */
function readGroups(text: string, fourLast: boolean): string | undefined {
  if (text === '') return ''
  const groups = text.split(':')
  let digits = ''
  for (const [i, group] of groups.entries()) {
    const isFour = fourLast && i === groups.length - 1 && group.includes('.')
    const read = isFour ? readFour(group) : readGroup(group)
    if (read === undefined) return undefined
    digits += read
  }
  return digits
}

const readGroup = (group: string): string | undefined =>
  /^[0-9a-f]{1,4}$/i.test(group) ? group.toLowerCase().padStart(4, '0') : undefined

/** The usual text: dotted for IPv4, RFC 5952 (shortest, lower case) for IPv6. */
export function printAddress(address: Address): string {
  if (address.startsWith(mappedPrefix)) {
    const bytes = address.slice(24).match(/../g) ?? []
    return bytes.map((byte) => parseInt(byte, 16)).join('.')
  }
  const groups = (address.match(/..../g) ?? []).map((group) =>
    parseInt(group, 16).toString(16),
  )
  const { from, length } = longestZeros(groups)
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`
}

function longestZeros(groups: readonly string[]): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  let from = 0
  groups.forEach((group, i) => {
    if (group !== '0') from = i + 1
    else if (i + 1 - from > best.length) best = { from, length: i + 1 - from }
  })
  return best
}

/**
 * Reads `address/prefix`, host bits ignored, or a bare address as a block of one
 * (language.md 4.6). undefined for anything else.
 */
export function readBlock(text: string): AddressBlock | undefined {
  const slash = text.indexOf('/')
  const address = readAddress(slash < 0 ? text : text.slice(0, slash))
  if (address === undefined) return undefined
  if (slash < 0) return { first: address, last: address }
  const written = text.slice(slash + 1)
  const width = text.includes(':') ? 128 : 32
  if (!/^\d{1,3}$/.test(written) || Number(written) > width) return undefined
  const hostBits = BigInt(width - Number(written))
  const host = (1n << hostBits) - 1n
  const bits = BigInt(`0x${address}`)
  return { first: printBits(bits & (allBits ^ host)), last: printBits(bits | host) }
}

const printBits = (bits: bigint): Address => bits.toString(16).padStart(32, '0')

export const isInBlock = (address: Address, block: AddressBlock): boolean =>
  block.first <= address && address <= block.last
