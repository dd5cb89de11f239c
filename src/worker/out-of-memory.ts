import { MemoryExhausted, TableDamaged } from '../ingest/encoder'

/**
 * There was no room for what was to be kept. Thrown across the door, as what the engine
 * holds may be damaged: the client starts another one. The message is a plain sentence.
 */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

/**
 * Whether an error says that memory could not be had. Engines word it in their own ways;
 * a call stack that is too deep is a RangeError too, but another matter.
 */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof OutOfMemory ||
  error instanceof MemoryExhausted ||
  error instanceof TableDamaged ||
  (error instanceof RangeError &&
    !/call stack/i.test(error.message) &&
    /alloc|memory|array (buffer )?length|array size|string length|maximum size/i.test(
      error.message,
    ))
