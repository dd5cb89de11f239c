import { readBytes } from './audit-values'

/** The other end of a connection, as `saddr` holds it. */
export interface SocketAddress {
  readonly family: 'unix' | 'ipv4' | 'ipv6' | 'netlink' | 'unspec'
  readonly address?: string
  readonly port?: number
  readonly path?: string
}

/**
 * Reads a sockaddr in hexadecimal numbers: the family in the order of the machine, the
 * port in that of the network. https://man7.org/linux/man-pages/man3/sockaddr.3type.html
 */
export function readSocketAddress(text: string): SocketAddress | undefined {
  const bytes = readBytes(text)
  if (!bytes || bytes.length < 2) return undefined
  // One of the two bytes is zero in either order.
  const family = bytes[0]! | bytes[1]!
  const port = bytes.length >= 4 ? (bytes[2]! << 8) | bytes[3]! : 0
  if (family === 1) return { family: 'unix', ...pathOf(bytes) }
  if (family === 2 && bytes.length >= 8)
    return { family: 'ipv4', address: bytes.subarray(4, 8).join('.'), port }
  if (family === 10 && bytes.length >= 24)
    return { family: 'ipv6', address: printIpv6(bytes.subarray(8, 24)), port }
  if (family === 16) return { family: 'netlink' }
  return family === 0 ? { family: 'unspec' } : undefined
}

function pathOf(bytes: Uint8Array): Pick<SocketAddress, 'path'> {
  // An abstract name begins with a zero.
  const start = bytes[2] === 0 ? 3 : 2
  const end = bytes.indexOf(0, start)
  const name = bytes.subarray(start, end < 0 ? undefined : end)
  const path = new TextDecoder().decode(name)
  if (path === '') return {}
  return { path: start === 3 ? `@${path}` : path }
}

/** https://www.rfc-editor.org/rfc/rfc5952: the longest run of zeros is left out. */
function printIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[i * 2]! << 8) | bytes[i * 2 + 1]!).toString(16),
  )
  const whole = groups.join(':')
  const runs = [...whole.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run)
  const longest = runs.sort(
    (a, b) => b.replace(/^:/, '').length - a.replace(/^:/, '').length,
  )[0]
  if (longest === undefined) return whole
  const at = whole.indexOf(longest)
  const before = whole.slice(0, at)
  const after = whole.slice(at + longest.length).replace(/^:/, '')
  return `${before}::${after}`
}
