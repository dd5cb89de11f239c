/** Sentences of the engine about its own answers. */

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`)

/** Events without a usable timestamp (language.md 5.2). */
export const noteUnusable = (count: number): string =>
  `${events(count)} without a usable timestamp cannot take part in a sequence.`
