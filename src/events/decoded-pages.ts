import type { Scalar } from './column'

/** A content as JavaScript value: a scalar, or the scalars of an array. */
export type Content = Scalar | readonly Scalar[]

/** Bytes that contents may take as JavaScript values, roughly. */
const MOST_BYTES = 2 ** 30
/** What a value takes beside its letters. */
const VALUE_BYTES = 24

/**
 * Bounds what contents take that have become JavaScript values: when it is too much, the
 * page read longest ago is emptied, and read again when someone asks for it.
 */
export class DecodedPages {
  private readonly pages = new Map<Content[], number>()
  private bytes = 0

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** Puts contents behind those of a page. */
  add(page: Content[], contents: readonly Content[]): void {
    let bytes = this.release(page)
    for (const content of contents) {
      page.push(content)
      bytes += bytesOf(content)
    }
    this.pages.set(page, bytes)
    this.bytes += bytes
    for (const oldest of this.pages.keys()) {
      if (this.bytes <= this.mostBytes || oldest === page) return
      this.empty(oldest)
    }
  }

  empty(page: Content[]): void {
    this.release(page)
    page.length = 0
  }

  /** What the page took. */
  private release(page: Content[]): number {
    const bytes = this.pages.get(page) ?? 0
    this.pages.delete(page)
    this.bytes -= bytes
    return bytes
  }
}

const bytesOf = (content: Content): number => {
  if (typeof content === 'string') return content.length + VALUE_BYTES
  if (!(content instanceof Array)) return VALUE_BYTES
  return content.reduce<number>((sum, scalar) => sum + bytesOf(scalar), VALUE_BYTES)
}
