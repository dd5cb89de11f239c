/** A change is written this long after the last one, ms … */
const QUIET = 400
/** … but never later than this after the first one, ms. */
const PATIENCE = 2000

export interface AutosaveOptions<Open> {
  /** What is open now, as plain data (`$state.snapshot`); undefined when nothing is. */
  readonly read: () => Open | undefined
  /** Must begin its write before it returns, as `Sessions.save` does. */
  readonly save: (open: Open) => Promise<unknown>
}

export interface Autosave {
  /** Say this after every change; cheap. */
  changed(): void
  /** Writes at once what is not written yet. Call it before opening another session. */
  flush(): Promise<unknown>
  stop(): void
}

/**
 * Writes the open session a moment after it changes, and at once when the page is hidden
 * or left, so that the last edit is never lost.
 */
export function startAutosave<Open>(options: AutosaveOptions<Open>): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined
  let firstChange = 0
  let writing: Promise<unknown> = Promise.resolve()

  const flush = (): Promise<unknown> => {
    if (timer === undefined) return writing
    clearTimeout(timer)
    timer = undefined
    const open = options.read()
    if (open !== undefined) writing = options.save(open)
    return writing
  }
  const changed = () => {
    const now = Date.now()
    if (timer === undefined) firstChange = now
    clearTimeout(timer)
    const wait = Math.max(0, Math.min(QUIET, firstChange + PATIENCE - now))
    timer = setTimeout(() => void flush(), wait)
  }
  return { changed, flush, stop: flushOnLeaving(() => void flush()) }
}

// A phone kills hidden tabs without a `pagehide`; a desktop tab may close with no change
// of visibility. Either one alone loses edits.
function flushOnLeaving(flush: () => void): () => void {
  const onHidden = () => {
    if (document.visibilityState === 'hidden') flush()
  }
  document.addEventListener('visibilitychange', onHidden)
  addEventListener('pagehide', flush)
  return () => {
    flush()
    document.removeEventListener('visibilitychange', onHidden)
    removeEventListener('pagehide', flush)
  }
}
