/** An address as a number of 128 bits; IPv4 is `::ffff:a.b.c.d`. */
export function readPlainAddress(text: string): bigint | undefined {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (four) {
    const bytes = four.slice(1).map(Number)
    if (bytes.some((byte) => byte > 255)) return undefined
    return bytes.reduce((bits, byte) => bits * 256n + BigInt(byte), 0xffffn)
  }
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail) {
    const low = readPlainAddress(tail[2]!)
    if (low === undefined) return undefined
    const words = [(low >> 16n) & 0xffffn, low & 0xffffn].map((word) => word.toString(16))
    return readPlainAddress(tail[1]! + words.join(':'))
  }
  if (!/^[0-9a-f:]+$/i.test(text) || text.split('::').length > 2) return undefined
  const [head = '', rest] = text.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = rest === undefined || rest === '' ? [] : rest.split(':')
  const gap = 8 - before.length - after.length
  if (rest === undefined ? gap !== 0 : gap < 1) return undefined
  const groups = [...before, ...new Array<string>(gap).fill('0'), ...after]
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((bits, group) => bits * 65_536n + BigInt(`0x${group}`), 0n)
}

/** Whether an address lies in `address/prefix`, or is that address. */
export function isInPlainBlock(address: bigint, block: string): boolean | undefined {
  const [text = '', prefix] = block.split('/')
  const base = readPlainAddress(text)
  const width = text.includes(':') ? 128 : 32
  if (base === undefined) return undefined
  if (prefix !== undefined && !/^\d+$/.test(prefix)) return undefined
  const bits = prefix === undefined ? width : Number(prefix)
  if (bits > width) return undefined
  const shift = BigInt(width - bits)
  return address >> shift === base >> shift
}

/** Dotted for IPv4, RFC 5952 for IPv6. */
export function printPlainAddress(address: bigint): string {
  if (address >> 32n === 0xffffn)
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  )
  const text = groups.join(':')
  const runs = [...text.matchAll(/\b0(?::0)+\b/g)]
  const [longest] = runs.sort((a, b) => b[0].length - a[0].length || a.index - b.index)
  if (!longest) return text
  const head = text.slice(0, longest.index).replace(/:$/, '')
  const tail = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${head}::${tail}`
}
