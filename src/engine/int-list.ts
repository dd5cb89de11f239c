import { grownTo } from '../events/grown-to'

/** Whole numbers in a typed array that grows. */
export class IntList {
  length = 0
  private items = new Int32Array(16)

  at(index: number): number {
    return this.items[index]!
  }

  set(index: number, value: number): void {
    this.items[index] = value
  }

  push(value: number): void {
    if (this.length === this.items.length) this.items = grownTo(this.items, 0)
    this.items[this.length++] = value
  }

  /** At least so long; what is added is 0. */
  growTo(length: number): void {
    if (length > this.items.length) this.items = grownTo(this.items, length)
    if (length > this.length) this.length = length
  }
}
