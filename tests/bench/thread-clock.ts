import { readFileSync } from 'node:fs'

const OWN = `/proc/self/task/${String(process.pid)}`

/**
 * The time the processor has spent on a thread, this program's own unless told, ms: on a
 * busy machine it says more than the wall clock. Waiting and what other threads do are not
 * in it. Moves in steps of a few ms, so it is only for what takes long. Linux only.
 */
export function readThreadTime(thread = OWN): number {
  const [nanoseconds] = readFileSync(`${thread}/schedstat`, 'latin1').split(' ')
  return Number(nanoseconds) / 1e6
}
