/** As much of the browser's locks as a session needs, so that something can stand in. */
export interface Locks {
  /**
   * Calls `hold` when no other tab holds the name, and holds it until that resolves. To
   * steal it waits for nobody. Rejects with an `AbortError` when aborted or stolen.
   */
  request(name: string, options: LockWish, hold: () => Promise<void>): Promise<unknown>
  /** Whether any tab holds it, this one included. */
  isHeld(name: string): Promise<boolean>
}
export interface LockWish {
  readonly signal?: AbortSignal
  readonly steal?: boolean
}

/** Locks that the browser keeps, and ends by itself with the tab that holds them. */
export const webLocks = (manager: LockManager): Locks => ({
  request: (name, options, hold) => manager.request(name, options, hold),
  isHeld: async (name) => {
    const { held = [] } = await manager.query()
    return held.some((lock) => lock.name === name)
  },
})

/** Where a tab hears of no other, every wish is granted. */
export const loneLocks: Locks = {
  request: (_name, _options, hold) => hold(),
  isHeld: () => Promise.resolve(false),
}
