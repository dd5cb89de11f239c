/** Rows dealt with between two pauses: a few milliseconds. */
const ROWS = 1 << 17

/** Does work over 0 … `count`-1, from `from` to before `to` at a time. */
export function* inPieces(
  count: number,
  work: (from: number, to: number) => void,
  rows = ROWS,
): Generator<void, void> {
  for (let from = 0; from < count; from += rows) {
    work(from, Math.min(count, from + rows))
    yield
  }
}

/** Does work without its pauses. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
