import { nextTask } from '../../src/ingest/pace'

/**
 * Does the work while messages come to the same thread, each as soon as the one before is
 * heard, and answers the longest time between two, ms. No timer is asked: it may have to
 * let several messages go first.
 */
export async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now()
  let longest = 0
  let isOver = false
  const note = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const listen = async (): Promise<void> => {
    while (!isOver) {
      await nextTask()
      note()
    }
  }
  const listening = listen()
  await work()
  isOver = true
  await listening
  return longest
}
