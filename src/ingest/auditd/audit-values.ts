import type { AuditValue } from './audit-line'

const UTF8 = new TextDecoder()

/** Keys whose values are written as hexadecimal numbers where they hold odd characters. */
const TEXTS: ReadonlySet<string> = new Set([
  ...['acct', 'apparmor', 'cgroup', 'cmd', 'cmdline', 'comm', 'cwd', 'data', 'device'],
  ...['dir', 'exe', 'file', 'grp', 'info', 'key', 'name', 'new_group', 'ocomm'],
  ...['operation', 'path', 'path_name', 'profile', 'proctitle', 'root_dir', 'sw'],
  ...['vm', 'watch'],
])

/** What a value says; undefined for those that say nothing. */
export function readValue(
  key: string,
  value: AuditValue | undefined,
): string | undefined {
  if (value === undefined) return undefined
  const { text, isQuoted } = value
  if (!isQuoted && TEXTS.has(key)) return known(unhex(text) ?? text)
  return known(text)
}

const known = (text: string): string | undefined =>
  text === '' || text === '?' || text === '(null)' || text === '(none)' ? undefined : text

/** The text behind hexadecimal numbers; undefined if it is none. */
export function unhex(text: string): string | undefined {
  const bytes = readBytes(text)
  return bytes && UTF8.decode(bytes)
}

/** Arguments that stand one after another, with zeros between them. */
export const readTitle = (title: string): string =>
  title.replace(/\0+$/, '').replaceAll('\0', ' ')

export function readBytes(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 2 > 0 || !/^[0-9A-Fa-f]+$/.test(text))
    return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    parseInt(text.slice(i * 2, i * 2 + 2), 16),
  )
}
