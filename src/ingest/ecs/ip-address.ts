const MAPPED = /^\[?::ffff:(\d+\.\d+\.\d+\.\d+)(?:\](?::\d+)?)?$/i

/** Takes an IPv4 address out of the IPv6 one, `::ffff:192.0.2.1`, that it stands in. */
export const unmapAddress = (text: string): string =>
  text.includes(':') ? (MAPPED.exec(text)?.[1] ?? text) : text

/** Whether a text is an address of IPv4 or IPv6. */
export const isIpAddress = (text: string): boolean =>
  isIpv4(text) || (text.includes(':') && isIpv6(text))

function isIpv4(text: string): boolean {
  if (text.length < 7 || text.length > 15) return false
  let parts = 1
  let value = -1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 46) {
      if (value < 0 || ++parts > 4) return false
      value = -1
      continue
    }
    const digit = code - 48
    if (digit < 0 || digit > 9) return false
    value = Math.max(value, 0) * 10 + digit
    if (value > 255) return false
  }
  return parts === 4 && value >= 0
}

/** A zone such as `%12` may stand behind it. https://www.rfc-editor.org/rfc/rfc4291#section-2.2 */
function isIpv6(text: string): boolean {
  const [address = ''] = text.split('%')
  const [head = '', tail, ...others] = address.split('::')
  if (others.length > 0) return false
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')]
  const last = groups.at(-1) ?? ''
  const count = groups.length + (last.includes('.') ? 1 : 0)
  const isCount = tail === undefined ? count === 8 : count < 8
  return isCount && groups.every((group, i) => isGroup(group, i === groups.length - 1))
}

const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'))

const isGroup = (group: string, isLast: boolean): boolean =>
  /^[0-9a-f]{1,4}$/i.test(group) || (isLast && isIpv4(group))
