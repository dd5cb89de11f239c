import type { Scalar } from './column'
import type { GrowingColumn } from './growing-column'
import type { UnreadColumn } from './unread-column'

/**
 * Field names as a tree, so that reading an event never builds a path. A dotted key
 * leads to the same node as nested objects do (language.md A). A node also holds what
 * the event being read has put there so far.
 */
export class FieldNode {
  column: GrowingColumn | undefined = undefined
  /** Stands for values that were not kept, where there were any. */
  unread: UnreadColumn | undefined = undefined
  isPending = false
  isList = false
  first: Scalar = null
  /** All values, as soon as there are several. */
  all: Scalar[] | undefined = undefined
  private children: Map<string, FieldNode> | undefined = undefined

  constructor(
    private readonly tree: FieldTree,
    readonly path: string,
  ) {}

  /** The field under a key that was asked for before. */
  knownChild(key: string): FieldNode | undefined {
    return this.children?.get(key)
  }

  child(key: string): FieldNode {
    return this.children?.get(key) ?? this.makeChild(key)
  }

  private makeChild(key: string): FieldNode {
    const { tree } = this
    if (tree.isFull) return tree.overflow
    const node = key.includes('.')
      ? this.descendant(key.split('.'))
      : tree.make(this === tree.root ? key : `${this.path}.${key}`)
    if (node !== tree.overflow) (this.children ??= new Map()).set(key, node)
    return node
  }

  private descendant([key, ...rest]: readonly string[]): FieldNode {
    return rest.reduce((node, part) => node.child(part), this.child(key!))
  }
}

/** All field names of a table, up to a limit: beyond it, values are dropped and counted. */
export class FieldTree {
  readonly root: FieldNode = new FieldNode(this, '')
  /** Where all further fields lead; what is put here goes nowhere. */
  readonly overflow: FieldNode = new FieldNode(this, '')
  private count = 0

  constructor(private readonly limit: number) {}

  get isFull(): boolean {
    return this.count >= this.limit
  }

  make(path: string): FieldNode {
    if (this.isFull) return this.overflow
    this.count++
    return new FieldNode(this, path)
  }
}
