import type { FieldNode } from '../events/field-node'
import type { GrowingTable } from '../events/growing-table'
import { printScalar } from '../events/scalar-json'
import { readTime } from '../events/time'
import type { Keep } from './keep'

/** Tells what of the row being written is kept. */
export class KeepFilter {
  /** None: all fields are. */
  private readonly fields: ReadonlySet<FieldNode> | undefined
  /** The field by whose values rows are chosen, and the hashes that are. */
  readonly key: FieldNode | undefined
  readonly hashes: number
  readonly time: Keep['time']
  readonly clock: FieldNode

  /** `offsetMs` is added to every time when all has been read: times are without it here. */
  constructor(keep: Keep, { root }: GrowingTable, offsetMs = 0) {
    const { fields, keys, time } = keep
    this.clock = root.child('@timestamp')
    this.key = keys && root.child(keys.field)
    this.hashes = keys ? Math.round(Math.min(1, Math.max(0, keys.share)) * 2 ** 32) : 0
    this.time = time && { from: time.from - offsetMs, to: time.to - offsetMs }
    if (!fields) return
    const nodes = fields.map((name) => root.child(name))
    this.fields = new Set([...nodes, this.clock, ...(this.key ? [this.key] : [])])
  }

  keepsField(node: FieldNode): boolean {
    return this.fields === undefined || this.fields.has(node)
  }

  /** Whether the row just written stays, before it is ended. */
  keepsRow(): boolean {
    return this.keepsKey() && this.keepsTime()
  }

  /** Rows without the field belong to no key, and go. */
  private keepsKey(): boolean {
    if (!this.key) return true
    const { isPending, first } = this.key
    return isPending && first !== null && hashText(printScalar(first)) < this.hashes
  }

  private keepsTime(): boolean {
    if (!this.time) return true
    const { isPending, first, all } = this.clock
    const instant = isPending && all === undefined ? readTime(first) : undefined
    return !!instant && instant.ms >= this.time.from && instant.ms < this.time.to
  }
}

/**
 * FNV-1a over UTF-8, mixed once more (http://www.isthe.com/chongo/tech/comp/fnv): the
 * same in every session, so that two files are cut to the same keys. 0 to 2^32 - 1.
 */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of utf8.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
const utf8 = new TextEncoder()
