import { isSame } from './bytes'
import { Column, GUESS_SHIFT } from './columns'
import { beginOfEntry } from './dictionary'
import { allocateZeros, release } from './memory'

/*
 * What a value will be. Most follow from another one of the same row: the name of a
 * machine from its id, the name of a program from its path. Each column has a guide, a
 * column whose content in this row tells which of its own contents to expect; comparing
 * that with the input is all it takes when it is there.
 *
 *     guide      process.executable    code 17 in this row
 *     guesses    of process.name       17 -> "cmd.exe", that stood beside 17 last time
 *
 * Guides are found by trying: a column that is guessed wrong too often tries those before
 * it in the row, and stays with the best. The first guide of a column is itself: then
 * what it had last is expected again.
 */

/** A guess is kept in 8 bytes: where its content is, its code, and above that its length. */
const CODE_BITS: u32 = 20
const MOST_CODE: u32 = (1 << CODE_BITS) - 1
const MOST_LENGTH: u32 = (1 << (32 - CODE_BITS)) - 1
const FEWEST_GUESSES: u32 = 16
export const MOST_GUESSES: u32 = 1024

/** Wrong guesses after which a guide has had its trial. */
const TRIAL: u32 = 128
/** Wrong guesses until other guides are tried again: twice as many where none was better. */
const LEAST_PATIENCE: u32 = 16384
const MOST_PATIENCE: u32 = 1 << 18

/** Right guesses for each wrong one, without which it does not pay to guess. */
const LEAST_SCORE: f32 = 0.2

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const CLOSE_BRACE: u8 = 0x7d

/** Where the guess is of what the column has in this row. */
export function guessOf(own: Column): usize {
  return guessFor(own, own.guide.current)
}

function guessFor(own: Column, guiding: u32): usize {
  if (own.guide === own) return changetype<usize>(own) + offsetof<Column>('lastGuess')
  return own.guesses + ((guiding & own.guessMask) << GUESS_SHIFT)
}

/** How long is what is guessed. */
export function guessLength(guess: usize): u32 {
  return load<u32>(guess, 4) >> CODE_BITS
}

export function guessCode(guess: usize): u32 {
  return load<u32>(guess, 4) & MOST_CODE
}

/** Whether what is guessed stands in the input, whole. */
export function isRight(guess: usize, at: usize): bool {
  const length = guessLength(guess)
  if (length == 0 || !isSame(load<u32>(guess), at, length)) return false
  if (load<u8>(at) == QUOTE) return true
  // A number ends with what follows it; lists end as they begin.
  const next = load<u8>(at + length)
  return next == COMMA || next == CLOSE_BRACE
}

/** Notes that the column had another content when its guide had that code or hash. */
export function setGuess(own: Column, guiding: u32, code: u32, length: u32): void {
  if (own.isPaused) return
  const count = own.guessMask + 1
  if (own.guide !== own && count < own.guide.size && count < MOST_GUESSES) grow(own)
  if (code > MOST_CODE || length > MOST_LENGTH) return
  const guess = guessFor(own, guiding)
  store<u32>(guess, beginOfEntry(own, code))
  store<u32>(guess, code | (length << CODE_BITS), 4)
}

function grow(own: Column): void {
  const count = own.guessMask + 1
  let larger = count << 1
  while (larger < own.guide.size && larger < MOST_GUESSES) larger <<= 1
  const guesses = allocateZeros(larger << GUESS_SHIFT)
  memory.copy(guesses, own.guesses, count << GUESS_SHIFT)
  release(own.guesses, count << GUESS_SHIFT)
  own.guesses = guesses
  own.guessMask = larger - 1
}

/** Columns that are guides may go: begins anew without one. */
export function setUpGuesses(own: Column): void {
  own.guide = own
  own.followers = 0
  own.kept = own
  own.rest = LEAST_PATIENCE
  own.best = own
  own.bestScore = 0
  own.distance = 0
  own.hitsBefore = own.guessed
  own.misses = 0
  own.patience = TRIAL
  own.isPaused = false
  if (own.guesses != 0) return
  own.guessMask = FEWEST_GUESSES - 1
  own.guesses = allocateZeros(FEWEST_GUESSES << GUESS_SHIFT)
}

/** Counts a wrong guess; true when it is time for another guide. */
export function noteMiss(own: Column): bool {
  return ++own.misses >= own.patience
}

/** Goes on to another guide, `null` when there are no more: then to the best. */
export function changeGuide(own: Column, next: Column | null): void {
  const score = <f32>(own.guessed - own.hitsBefore) / <f32>own.misses
  if (score > own.bestScore) {
    own.best = own.guide
    own.bestScore = score
  }
  own.hitsBefore = own.guessed
  own.misses = 0
  if (next === null) {
    const isPoor = own.bestScore < LEAST_SCORE
    follow(own, own.best, isPoor)
    const isBetter = own.best !== own.kept && !isPoor
    own.rest = isBetter ? LEAST_PATIENCE : min(own.rest << 1, MOST_PATIENCE)
    own.kept = own.best
    own.bestScore = 0
    own.distance = 0
    own.patience = own.rest
  } else {
    follow(own, next, false)
    // The guesses have to be learnt first.
    own.patience = TRIAL + (min(next.size, MOST_GUESSES) << 1)
  }
}

/** Values of a column that others are guessed by need their codes or hashes at once (row.ts). */
function follow(own: Column, guide: Column, isPaused: bool): void {
  if (own.guide !== own && !own.isPaused) own.guide.followers--
  if (guide !== own && !isPaused) guide.followers++
  own.guide = guide
  own.isPaused = isPaused
}

/** Whether it is worth a try to guess what a column has. */
export function mayGuess(own: Column): bool {
  return !own.isPaused && isGuide(own)
}

/** Whether a column can tell anything of others. */
export function isGuide(column: Column): bool {
  return !column.isTime && !column.isSampling
}
