import { readFileSync } from 'node:fs'

const PATH = `/proc/self/task/${String(process.pid)}/schedstat`

/**
 * The time the processor has spent on this program's own thread, ms: on a busy machine it
 * says more than the wall clock. Waiting and what other threads do are not in it. Moves in
 * steps of a few ms, so it is only for what takes long. Linux only.
 */
export function readThreadTime(): number {
  const [nanoseconds] = readFileSync(PATH, 'latin1').split(' ')
  return Number(nanoseconds) / 1e6
}
