/** All sentences about what files are packed in. */

const count = (n: number) => n.toLocaleString('en')
const size = (bytes: number) =>
  bytes < GB ? `${Math.round(bytes / MB)} MB` : `${Math.round(bytes / GB)} GB`
const MB = 1024 * 1024
const GB = 1024 * MB

/** Why what is packed cannot be had, or not all of it. */
export const unpackText = {
  gzipDamage: () =>
    'The gzip file is cut off or damaged. The events before that place are kept; to have the rest, fetch the file again.',
  memberDamage: () =>
    'This file of the archive is cut off or damaged. The events before that place are kept; to have the rest, fetch the archive again.',
  tarDamage: () =>
    'The tar archive is cut off or damaged. What comes before that place is kept; to have the rest, fetch the archive again.',
  zipWithoutList: () =>
    'The zip archive is cut off or damaged: the list of its files, which is at its end, cannot be read. Fetch the archive again.',
  zipSplit: () =>
    'This zip archive is one of several volumes. Join them first: zip -s 0 archive.zip --out whole.zip',
  encrypted: () =>
    'This file is password-protected. Unpack the archive with its password, and open what is in it.',
  method: (name: string) =>
    `This file is packed with ${name}, which is not read here. Unpack the archive (7z x archive.zip), and open what is in it.`,
  sparse: () =>
    'This is a file with holes, as some tar programs store it, and is not read here. Unpack the archive, and open what is in it.',
  noFiles: () => 'No file is packed in this archive.',
  ratio: (bytes: number) =>
    `Unpacking was stopped after ${size(bytes)}: so much from so little is made to fill a computer, not to hold events. If it is meant to be so, unpack it yourself, and open what is in it.`,
  total: (bytes: number) =>
    `Unpacking was stopped after ${size(bytes)}. Unpack it yourself, and open the files that are needed.`,
  files: (limit: number) =>
    `The archive holds more than ${count(limit)} files; the rest was left aside. Unpack it, and open the files that are needed.`,
  overlap: () =>
    'Files of this archive lie over one another, which is made to fill a computer, not to hold events; the rest was left aside. Unpack it, and open the files that are needed.',
  depth: (limit: number) =>
    `This is packed more than ${limit} times over. Unpack it, and open what is in it.`,
} as const

/** Names of the methods that zip files know, https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT 4.4.5 */
export const nameMethod = (method: number): string =>
  METHODS[method] ?? `a method that has the number ${method}`

const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  97: 'WavPack',
  98: 'PPMd',
}
