import type { Code, Scalar } from './column'

/** Contents remembered at a time, and how long they may be, in characters. */
const MOST = 512
const LONGEST = 256

/**
 * The codes of contents that came last. Asking the encoder takes writing a content down
 * as JSON and as UTF-8, and of most fields the same few contents come again and again.
 * Where they do not, nothing more is remembered.
 */
export class RecentCodes {
  private readonly codes = new Map<Scalar, Code>()
  private hits = 0
  private isInVain = false

  /** 0 if it is not remembered. */
  find(content: Scalar): Code {
    if (this.isInVain || isLong(content)) return 0
    const code = this.codes.get(content) ?? 0
    if (code !== 0) this.hits++
    return code
  }

  add(content: Scalar, code: Code): void {
    if (this.isInVain || isLong(content)) return
    if (this.codes.size === MOST) {
      this.isInVain = this.hits < MOST
      this.clear()
    }
    this.codes.set(content, code)
  }

  clear(): void {
    this.codes.clear()
    this.hits = 0
  }
}

const isLong = (content: Scalar): boolean =>
  typeof content === 'string' && content.length > LONGEST
