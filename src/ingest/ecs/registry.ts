import type { EventWriter } from './event-writer'

/** Short names of the registry's roots. */
const HIVES: ReadonlyMap<string, string> = new Map(
  [
    ['HKEY_CLASSES_ROOT', 'HKCR'],
    ['HKEY_CURRENT_CONFIG', 'HKCC'],
    ['HKEY_CURRENT_USER', 'HKCU'],
    ['HKEY_DYN_DATA', 'HKDD'],
    ['HKEY_LOCAL_MACHINE', 'HKLM'],
    ['HKEY_PERFORMANCE_DATA', 'HKPD'],
    ['HKEY_USERS', 'HKU'],
  ].flatMap(([long = '', short = '']) => [
    [long, short],
    [short, short],
  ]),
)

/**
 * The path of a key or a value: `hive` if its root is known, `key` for all behind that,
 * the value's name included, and `value` for what is behind the last backslash.
 */
export function putRegistryPath(out: EventWriter, path: string, from: string): void {
  out.put('registry.path', path, from)
  const end = path.indexOf('\\')
  const hive = HIVES.get(end < 0 ? path : path.slice(0, end))
  const whole = path.replace(/\\+$/, '')
  if (hive !== undefined) {
    out.put('registry.hive', hive, from)
    if (whole.length > end && end >= 0)
      out.put('registry.key', whole.slice(end + 1), from)
  }
  out.put('registry.value', whole.slice(whole.lastIndexOf('\\') + 1), from)
}

const DWORD = /^DWORD \((0x[0-9a-f]{8})\)$/i
const QWORD = /^QWORD \((0x[0-9a-f]{8})-(0x[0-9a-f]{8})\)$/i

/**
 * What a value was set to. Numbers become decimal, under the types that Elastic has for
 * them; of the two halves of a QWORD the upper one counts 2^8, as it does there.
 */
export function putRegistryData(out: EventWriter, data: string, from: string): void {
  const [text, type] = readData(data)
  out.put('registry.data.strings', [text], from)
  out.put('registry.data.type', type, from)
}

function readData(data: string): readonly [string, string] {
  const first = data.charCodeAt(0) | 0x20
  if (first === D) {
    const found = DWORD.exec(data)
    if (found) return [String(Number(found[1])), 'SZ_DWORD']
  } else if (first === Q) {
    const [, high, low] = QWORD.exec(data) ?? []
    if (high !== undefined)
      return [String(Number(high) * 0x100 + Number(low)), 'SZ_QWORD']
  }
  return [data, data === 'Binary Data' ? 'REG_BINARY' : 'REG_SZ']
}

const D = 0x64
const Q = 0x71
