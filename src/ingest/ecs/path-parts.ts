/** What ends the folders of a path: a slash only where the path begins with one. */
const endOfFolders = (path: string): number =>
  path.charCodeAt(0) === SLASH ? path.lastIndexOf('/') : path.lastIndexOf('\\')

const SLASH = 0x2f

/** What is behind the last folder of a path; undefined if it has none. */
export function nameOf(path: string): string | undefined {
  const at = endOfFolders(path)
  return at < 0 ? undefined : path.slice(at + 1)
}

/** The last folder of a path, and all before it. */
export const directoryOf = (path: string): string =>
  path.slice(0, Math.max(0, endOfFolders(path)))

/** What is behind the last dot, even if that belongs to a folder. */
export function extensionOf(path: string): string | undefined {
  const at = path.lastIndexOf('.')
  return at < 0 ? undefined : path.slice(at + 1)
}
