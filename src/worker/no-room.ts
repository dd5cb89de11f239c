import type { RunFailure } from '../engine/result'

/** What is answered where memory ran out and the engine goes on. */
export const noRoom = (reason: string): RunFailure => ({
  type: 'out_of_memory',
  status: 500,
  reason,
})
