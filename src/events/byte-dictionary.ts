import type { ByteStore } from './byte-store'
import type { Code, Scalar, TextBytes } from './column'
import type { Content } from './decoded-pages'
import { type Dictionary, withoutLaterNulls } from './dictionary'
import type { Pointer } from './encoder-memory'
import type { ObservedTypes } from './observed'
import { RecentCodes } from './recent-codes'
import { printScalar } from './scalar-json'

/** Whoever reads them all reads as quickly by dozens, and whoever shows one reads few. */
const PAGE_SHIFT = 6
const PAGE = 1 << PAGE_SHIFT

/**
 * A dictionary whose contents lie as bytes in the memory of the encoder. They become
 * JavaScript values when someone asks for them, sixty-four at a time.
 */
export class ByteDictionary implements Dictionary {
  private pages: (Content[] | undefined)[] = []
  private isDropped = false
  private readonly recent = new RecentCodes()
  private readonly recentLists = new RecentCodes()
  /** Where the encoder has it. */
  readonly column: Pointer

  constructor(
    readonly store: ByteStore,
    private readonly isTime: boolean,
  ) {
    this.column = store.makeColumn(isTime)
  }

  get size(): number {
    return this.isDropped ? 0 : this.store.size(this.column)
  }

  get observed(): ObservedTypes {
    const [strings = 0, longs = 0, bigs = 0, doubles = 0, booleans = 0, nulls = 0] = this
      .isDropped
      ? []
      : this.store.kinds(this.column)
    return { strings, longs, bigs, doubles, booleans, nulls }
  }

  intern(scalar: Scalar): Code {
    const known = this.recent.find(scalar)
    if (known !== 0) return known
    const code = this.store.intern(this.column, printScalar(scalar))
    this.recent.add(scalar, code)
    return code
  }

  internList(scalars: readonly Scalar[]): Code {
    const kept = withoutLaterNulls(scalars)
    const key = keyOf(kept)
    const known = key === undefined ? 0 : this.recentLists.find(key)
    if (known !== 0) return known
    const code = this.store.intern(this.column, `[${kept.map(printScalar).join()}]`)
    if (key !== undefined) this.recentLists.add(key, code)
    return code
  }

  copyFrom(other: ByteDictionary, code: Code): Code {
    return this.store.copy(this.column, other.column, code)
  }

  scalars(code: Code): readonly Scalar[] {
    const content = this.content(code)
    if (content === undefined) return []
    return isList(content) ? content : [content]
  }

  smallInteger(code: Code): number | undefined {
    return this.isDropped ? undefined : this.store.smallInteger(this.column, code)
  }

  /** What can be asked of the bytes; undefined where some content is no text. */
  texts(): TextBytes | undefined {
    return this.isDropped ? undefined : this.store.texts(this.column)
  }

  isArray(code: Code): boolean {
    const content = this.content(code)
    return content !== undefined && isList(content)
  }

  codeOf(scalar: Scalar): Code {
    return this.isDropped ? 0 : this.store.find(this.column, printScalar(scalar))
  }

  makeEmpty(): ByteDictionary {
    return new ByteDictionary(this.store, this.isTime)
  }

  drop(): void {
    if (this.isDropped) return
    this.isDropped = true
    for (const page of this.pages) if (page) this.store.decoded.empty(page)
    this.pages = []
    this.recent.clear()
    this.recentLists.clear()
    this.store.dropColumn(this.column)
  }

  private content(code: Code): Content | undefined {
    const number = (code - 1) >>> PAGE_SHIFT
    const at = (code - 1) & (PAGE - 1)
    return this.pages[number]?.[at] ?? this.readPage(number)[at]
  }

  /** Reads what a page holds by now. */
  private readPage(number: number): readonly Content[] {
    const page = this.pages[number] ?? []
    const to = Math.min(this.size, (number + 1) * PAGE)
    const from = number * PAGE + page.length + 1
    if (number < 0 || from > to) return page
    this.pages[number] = page
    this.store.decoded.add(page, this.store.read(this.column, from, to))
    return page
  }
}

/** One text for a list of texts; none for other lists, and where it could stand for two. */
function keyOf(scalars: readonly Scalar[]): string | undefined {
  for (const scalar of scalars)
    if (typeof scalar !== 'string' || scalar.includes(BETWEEN)) return undefined
  return scalars.join(BETWEEN)
}

const BETWEEN = '\0'

const isList = (content: Content): content is readonly Scalar[] =>
  content instanceof Array
