import { isTarHeader } from './untar'

/** What holds other files, or another file, told by the first bytes (events-formats.md 0). */
export type Container = 'gzip' | 'zip' | 'tar' | 'empty-tar'

/** `isWhole`: the head is all there is. */
export function recogniseContainer(
  head: Uint8Array,
  isWhole: boolean,
): Container | undefined {
  const begins = (...bytes: readonly number[]) =>
    bytes.every((byte, i) => head[i] === byte)
  if (begins(0x1f, 0x8b)) return 'gzip'
  // Also an empty archive, and one that was split and put together again.
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6) || begins(0x50, 0x4b, 7, 8))
    return 'zip'
  if (isTarHeader(head)) return 'tar'
  const isBlocks = isWhole && head.length >= 512 && head.length % 512 === 0
  return isBlocks && head.every((byte) => byte === 0) ? 'empty-tar' : undefined
}

/** What macOS writes beside a file of which it keeps more than other systems can. */
export const isAppleDouble = (head: Uint8Array): boolean =>
  head[0] === 0 && head[1] === 5 && head[2] === 0x16 && head[3] === 7
