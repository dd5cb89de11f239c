/** Height of a row in px; every row is one line. */
export const ROW_HEIGHT = 28

/**
 * Browsers clamp an element's height (Chromium at 33,554,428 px, Firefox near half of
 * it), so beyond this the scrollbar is a scale model: its whole way stands for all rows.
 */
const TALLEST = 15_000_000
/** A scroll no longer than this, px, is a wheel, a finger or a key, and not the scrollbar. */
const NEAR = 3000
/** Rows kept ready above and below what is seen. */
const SPARE = 8

/**
 * Where one has scrolled to. With few rows the two are the same. With very many, short
 * ways are those of the rows, so that a wheel or a finger passes none over, and long ones
 * those of the scale model:
 *
 *     scrollTop   of the element, px, at most TALLEST
 *     top         of the rows: so many px of them are above the viewport
 */
export interface ScrollPlace {
  readonly scrollTop: number
  readonly top: number
}

export const AT_TOP: ScrollPlace = { scrollTop: 0, top: 0 }

export interface RowWindow {
  /** Height of the scrolled element, px. */
  readonly height: number
  /** Rows to draw: `first` to `last`, exclusive. */
  readonly first: number
  readonly last: number
  /** Where a row's top edge goes in the scrolled element: `row * ROW_HEIGHT + shift`. */
  readonly shift: number
}

/** Which of `total` rows a viewport of that height, px, shows at a place. */
export const windowOf = (
  total: number,
  viewport: number,
  { scrollTop, top }: ScrollPlace,
): RowWindow => {
  const height = Math.min(total * ROW_HEIGHT, TALLEST)
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - SPARE)
  const last = Math.min(total, Math.ceil((top + viewport) / ROW_HEIGHT) + SPARE)
  return { height, first: Math.min(first, last), last, shift: scrollTop - top }
}

/** Where a scroll of the element leads: by its own way if that is short, else to scale. */
export const followScroll = (
  from: ScrollPlace,
  scrollTop: number,
  total: number,
  viewport: number,
): ScrollPlace => {
  const { ratio, lowest, lowestScroll } = scaleOf(total, viewport)
  if (ratio === 1) return { scrollTop, top: scrollTop }
  // Either end of the scrollbar is that end of the rows, however one came there.
  if (scrollTop < 1) return { scrollTop, top: 0 }
  if (scrollTop > lowestScroll - 1) return { scrollTop, top: lowest }
  const way = scrollTop - from.scrollTop
  const isShort = Math.abs(way) <= NEAR
  return { scrollTop, top: isShort ? clamp(from.top + way, lowest) : scrollTop * ratio }
}

/** The place whose scrollbar tells truly where in the rows one is. */
export const placeAt = (top: number, total: number, viewport: number): ScrollPlace => {
  const { ratio, lowest, lowestScroll } = scaleOf(total, viewport)
  if (ratio === 1) return { scrollTop: top, top }
  if (top <= 0) return AT_TOP
  if (top >= lowest) return { scrollTop: lowestScroll, top: lowest }
  // Only the ends themselves are at an end: from anywhere else one can go both ways.
  const scrollTop = Math.max(1, Math.min(Math.round(top / ratio), lowestScroll - 1))
  return { scrollTop, top }
}

/** The place nearest to the present one at which the row is wholly seen. */
export const placeOfRow = (
  row: number,
  total: number,
  viewport: number,
  from: ScrollPlace,
): ScrollPlace => {
  const upper = row * ROW_HEIGHT
  const lower = upper + ROW_HEIGHT - viewport
  if (upper < from.top) return placeAt(upper, total, viewport)
  return lower > from.top ? placeAt(lower, total, viewport) : from
}

/** `ratio`: how many px of rows one px of scrolling stands for; 1 while all rows fit. */
const scaleOf = (total: number, viewport: number) => {
  const full = total * ROW_HEIGHT
  const lowest = Math.max(0, full - viewport)
  if (full <= TALLEST) return { ratio: 1, lowest, lowestScroll: lowest }
  const lowestScroll = TALLEST - viewport
  return { ratio: lowest / lowestScroll, lowest, lowestScroll }
}

const clamp = (top: number, lowest: number): number => Math.max(0, Math.min(top, lowest))
