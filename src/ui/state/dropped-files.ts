/** What was dropped: files, and folders with files in them. */
export interface Dropped {
  readonly files: readonly File[]
  readonly folders: readonly FileSystemDirectoryEntry[]
}

/** So many files of a folder are opened, and so many folders within one another. */
const MOST_FILES = 10_000
const DEEPEST = 20

/** What lies in a drop. It is to be asked at once: after the event it is gone. */
export function readDrop(transfer: DataTransfer | null): Dropped {
  const items = [...(transfer?.items ?? [])]
  const folders = items
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null && isFolder(entry))
  if (folders.length === 0) return { files: [...(transfer?.files ?? [])], folders }
  const files = items
    .filter((item) => item.webkitGetAsEntry()?.isDirectory !== true)
    .flatMap((item) => item.getAsFile() ?? [])
  return { files, folders }
}

/** All files in folders, by the order of their names; hidden ones are passed over. */
export async function filesIn(
  folders: readonly FileSystemDirectoryEntry[],
): Promise<readonly File[]> {
  const files: File[] = []
  for (const folder of folders) await collect(folder, files, 0)
  return files
}

async function collect(
  folder: FileSystemDirectoryEntry,
  files: File[],
  depth: number,
): Promise<void> {
  if (depth > DEEPEST) return
  for (const entry of await entriesOf(folder)) {
    if (files.length >= MOST_FILES) return
    if (entry.name.startsWith('.') || LEFT_ASIDE.has(entry.name)) continue
    if (isFolder(entry)) await collect(entry, files, depth + 1)
    else if (isFile(entry)) {
      const file = await fileOf(entry)
      paths.set(file, entry.fullPath)
      files.push(file)
    }
  }
}

/** The file itself does not know in which folder it was. */
const paths = new WeakMap<File, string>()

/** Where a file lay below what was dropped; of a single file its name. */
export const pathOf = (file: File): string =>
  paths.get(file)?.replace(/^\//, '') ?? (file.webkitRelativePath || file.name)

const LEFT_ASIDE: ReadonlySet<string> = new Set(['__MACOSX', 'node_modules', 'Thumbs.db'])

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry =>
  entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

async function entriesOf(
  folder: FileSystemDirectoryEntry,
): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    // A hundred at a time; none when there are no more.
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (more.length === 0 || entries.length >= MOST_FILES) break
    entries.push(...more)
  }
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })
