export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}
export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'warning' | 'error'
  readonly text: string
  readonly actions: readonly NoticeAction[]
}

/** How long a notice without anything to press stays, ms. */
const STAY = 8_000

/** What the page has to tell. A notice with actions stays until it is answered. */
export class Notices {
  list = $state.raw<readonly Notice[]>([])
  #next = 1

  info(text: string, actions: readonly NoticeAction[] = []): void {
    this.#add({ kind: 'info', text, actions })
  }
  warn(text: string, actions: readonly NoticeAction[] = []): void {
    this.#add({ kind: 'warning', text, actions }, true)
  }
  fail(text: string, actions: readonly NoticeAction[] = []): void {
    this.#add({ kind: 'error', text, actions }, true)
  }
  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  #add(notice: Omit<Notice, 'id'>, stays = notice.actions.length > 0): void {
    const id = this.#next++
    this.list = [
      ...this.list.filter((other) => other.text !== notice.text),
      { ...notice, id },
    ]
    if (!stays) setTimeout(() => this.close(id), STAY)
  }
}
