/** Sentences of the engine about its own answers. */

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`)

/** Arrays so long that their combinations are beyond counting (language.md A). */
export const noteCapped =
  'Some events hold so many values that not all combinations of them were tried.'

/** Events without a usable timestamp (language.md 5.2). */
export const noteUnusable = (count: number): string =>
  `${events(count)} without a usable timestamp cannot take part in a sequence.`
