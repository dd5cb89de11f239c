import type { ChunkBytes } from './chunk-bytes'

/** Seconds between 1601, where FILETIME begins, and 1970. */
const EPOCH_SECONDS = 11_644_473_600

let lastSecond = NaN
let lastText = ''

/**
 * A FILETIME (100 ns since 1601), given as two halves of 32 bits, as Windows renders it:
 * `2024-05-06T07:08:09.1234567Z`.
 */
export function printFileTime(low: number, high: number): string {
  // 2^32 is 429 * 10^7 + 4_967_296: up to the year 9999 no step goes beyond 2^53.
  const rest = high * 4_967_296 + low
  const second = high * 429 + Math.floor(rest / 10_000_000) - EPOCH_SECONDS
  const ticks = rest % 10_000_000
  if (second !== lastSecond) {
    lastSecond = second
    lastText = new Date(second * 1000).toISOString().slice(0, -4)
  }
  return `${lastText}${String(ticks).padStart(7, '0')}Z`
}

/** A SYSTEMTIME: eight numbers of 16 bits, of which the third is the day of the week. */
export function printSystemTime(chunk: ChunkBytes, at: number): string {
  const part = (place: number, digits: number) =>
    String(chunk.u16(at + place)).padStart(digits, '0')
  const date = `${part(0, 4)}-${part(2, 2)}-${part(6, 2)}`
  const time = `${part(8, 2)}:${part(10, 2)}:${part(12, 2)}.${part(14, 3)}`
  return `${date}T${time}Z`
}
