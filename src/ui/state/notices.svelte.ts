export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}
export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'warning' | 'error'
  readonly text: string
  /** What it sums up, a sentence each; shown when asked for. */
  readonly details: readonly string[]
  readonly actions: readonly NoticeAction[]
  /** Called when it is closed and none of its actions was taken. */
  readonly onLetGo?: (() => void) | undefined
}

/** How long a notice without anything to press stays, ms. */
const STAY = 8_000

/** So many warnings stand beside one another. */
const FEW = 3

/** What the page has to tell. A notice with actions stays until it is answered. */
export class Notices {
  list = $state.raw<readonly Notice[]>([])
  #next = 1

  info(
    text: string,
    actions: readonly NoticeAction[] = [],
    onLetGo?: Notice['onLetGo'],
  ): void {
    this.#add({ kind: 'info', text, details: [], actions, onLetGo })
  }
  warn(text: string, actions: readonly NoticeAction[] = []): void {
    this.#add({ kind: 'warning', text, details: [], actions }, true)
  }
  /** Several things of one kind: one notice each while those are few. */
  warnOfAll(sentences: readonly string[], sayAll: (count: number) => string): void {
    const { length } = sentences
    if (length <= FEW) for (const sentence of sentences) this.warn(sentence)
    else
      this.#add(
        { kind: 'warning', text: sayAll(length), details: sentences, actions: [] },
        true,
      )
  }
  fail(text: string, actions: readonly NoticeAction[] = []): void {
    this.#add({ kind: 'error', text, details: [], actions }, true)
  }
  close(id: number): void {
    this.#take(id)?.onLetGo?.()
  }
  answer(id: number, action: NoticeAction): void {
    this.#take(id)
    action.run()
  }

  #take(id: number): Notice | undefined {
    const taken = this.list.find((notice) => notice.id === id)
    this.list = this.list.filter((notice) => notice !== taken)
    return taken
  }

  #add(notice: Omit<Notice, 'id'>, stays = notice.actions.length > 0): void {
    const id = this.#next++
    this.list = [
      // Two things of one name can be undone one by one.
      ...this.list.filter(
        (other) => other.actions.length > 0 || !saysSame(other, notice),
      ),
      { ...notice, id },
    ]
    if (!stays) setTimeout(() => this.close(id), STAY)
  }
}

/** Two may sum up in the same words what differs. */
const saysSame = (one: Told, other: Told): boolean =>
  [one.text, ...one.details].join('\n') === [other.text, ...other.details].join('\n')
type Told = Pick<Notice, 'text' | 'details'>
