/** Height of a row in px; every row is one line. */
export const ROW_HEIGHT = 28

/**
 * Browsers clamp an element's height (Chromium at 33,554,428 px, Firefox near half of
 * it), so beyond this the scrollbar is a scale model: its whole way stands for all rows.
 */
const TALLEST = 15_000_000
/** Rows kept ready above and below what is seen. */
const SPARE = 8

export interface RowWindow {
  /** Height of the scrolled element, px. */
  readonly height: number
  /** Rows to draw: `first` to `last`, exclusive. */
  readonly first: number
  readonly last: number
  /** Where a row's top edge goes in the scrolled element: `row * ROW_HEIGHT + shift`. */
  readonly shift: number
}

/** Which of `total` rows a viewport of that height shows at a scroll position, in px. */
export const windowOf = (
  total: number,
  viewport: number,
  scrollTop: number,
): RowWindow => {
  const height = Math.min(total * ROW_HEIGHT, TALLEST)
  const top = scrollTop * ratioOf(total, viewport)
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - SPARE)
  const last = Math.min(total, Math.ceil((top + viewport) / ROW_HEIGHT) + SPARE)
  return { height, first: Math.min(first, last), last, shift: scrollTop - top }
}

/** The scroll position nearest to the present one at which the row is wholly seen. */
export const scrollTopFor = (
  row: number,
  total: number,
  viewport: number,
  scrollTop: number,
): number => {
  const ratio = ratioOf(total, viewport)
  const top = scrollTop * ratio
  const lowest = (row + 1) * ROW_HEIGHT - viewport
  if (row * ROW_HEIGHT < top) return (row * ROW_HEIGHT) / ratio
  return lowest > top ? lowest / ratio : scrollTop
}

/** How many px of rows one px of scrolling stands for; 1 as long as all rows fit. */
const ratioOf = (total: number, viewport: number): number => {
  const full = total * ROW_HEIGHT
  return full <= TALLEST ? 1 : (full - viewport) / (TALLEST - viewport)
}
