import { BLOCK_SHIFT, OFFSET_MASK } from './code-blocks'
import type { Row } from './row-set'

/** The ids that records brought along; nothing is kept for those without. */
export class RowIds {
  private readonly blocks: (string[] | undefined)[] = []

  set(row: Row, id: string): void {
    const block = (this.blocks[row >>> BLOCK_SHIFT] ??= [])
    block[row & OFFSET_MASK] = id
  }

  get(row: Row): string | undefined {
    return this.blocks[row >>> BLOCK_SHIFT]?.[row & OFFSET_MASK]
  }
}
