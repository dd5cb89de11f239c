import type { Code, Column, TextBytes } from '../events/column'
import { IntList } from './int-list'
import type { KeyValue } from './plan'

/** A column whose texts lie as bytes. */
interface TextSource {
  readonly column: Column
  readonly texts: TextBytes
}

/**
 * The numbers of texts. Those that lie as bytes are hashed and compared where they lie,
 * whichever columns have them, and become JavaScript values when someone looks at one.
 *
 *     hash  ─►  place  ─►  number  ─►  a value, or a column and code that have it
 */
export class TextNumbers {
  /** By the low bits of a hash, or in the places behind: a number, 0 for none. */
  private places = new Int32Array(64)
  private used = 0
  // By number.
  private readonly hashes = new IntList()
  private readonly codes = new IntList()
  /** Where a text lies as bytes, 0 where it does not. */
  private readonly bytes = new IntList()
  private readonly from = new IntList()
  private readonly sources: TextSource[] = []

  /** `values`: by number, shared with who numbers what is no text; a text yet to read is undefined. */
  constructor(private readonly values: (KeyValue | null | undefined)[]) {}

  /** Takes a column in; answers what it is called below. */
  addSource(source: TextSource): number {
    if (this.sources.push(source) === 1)
      for (const [number, value] of this.values.entries())
        if (typeof value === 'string') {
          const hash = source.texts.hashAt(source.texts.put(value), false)
          this.put(this.find(hash, NOWHERE), hash, number)
        }
    return this.sources.length - 1
  }

  /** The number of a content that is one text, or a list of one, and where that lies. */
  ofBytes(source: number, code: Code, hash: number, at: number): number {
    const place = this.find(hash, at)
    const known = this.places[place]!
    if (known !== 0) return known
    const number = this.values.push(undefined) - 1
    this.put(place, hash, number)
    this.codes.growTo(number + 1)
    this.codes.set(number, code)
    this.bytes.set(number, at)
    this.from.growTo(number + 1)
    this.from.set(number, source)
    return number
  }

  /** The number of a text that was not asked for as one before. */
  ofText(text: string): number {
    const { values } = this
    const texts = this.sources[0]?.texts
    if (!texts) return values.push(text) - 1
    const at = texts.put(text)
    const hash = texts.hashAt(at, false)
    const place = this.find(hash, at, text)
    const known = this.places[place]!
    if (known !== 0) return known
    const number = values.push(text) - 1
    this.put(place, hash, number)
    return number
  }

  /** The text of a number that is no value yet; null where its column has gone. */
  read(number: number): KeyValue | null {
    const { column } = this.sources[this.from.at(number)]!
    const text = column.scalars(this.codes.at(number))[0]
    if (typeof text !== 'string') return null
    this.values[number] = text
    return text
  }

  private isSame(number: number, at: number): boolean {
    const { texts } = this.sources[0]!
    const bytes = this.bytes.at(number)
    if (bytes !== 0) return !this.isGone(number) && texts.areSame(at, bytes, false)
    return texts.areSame(at, texts.put(String(this.values[number])), false)
  }

  /** Whether a number is that of the text in a place; `text`: its value, if there is one. */
  private isOf(number: number, at: number, text: string | undefined): boolean {
    const value = this.values[number]
    if (value === undefined || text === undefined) return this.isSame(number, at)
    return value === text
  }

  /** Whether the column has gone: then no bytes are there to compare. */
  private isGone(number: number): boolean {
    const { column } = this.sources[this.from.at(number)]!
    return this.codes.at(number) > column.size
  }

  /** The place of the text that lies at `at`, or the free one where it belongs. */
  private find(hash: number, at: number, text?: string): number {
    const { places, hashes } = this
    const mask = places.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = places[place]!
      if (number === 0) return place
      if (at === NOWHERE || hashes.at(number) !== hash) continue
      if (this.isOf(number, at, text)) return place
    }
  }

  private put(place: number, hash: number, number: number): void {
    this.hashes.growTo(number + 1)
    this.bytes.growTo(number + 1)
    this.hashes.set(number, hash)
    this.places[place] = number
    if (++this.used * 2 > this.places.length) this.grow()
  }

  private grow(): void {
    const numbers = this.places
    this.places = new Int32Array(numbers.length * 2)
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!
      if (number !== 0) this.places[this.find(this.hashes.at(number), NOWHERE)] = number
    }
  }
}

/** Of a text that is none of those known. */
const NOWHERE = 0
