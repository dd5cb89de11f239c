/**
 * Does the work while a timer of the same thread ticks, and answers the longest time
 * between two ticks, ms: how long a message would have waited to be heard.
 */
export async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now()
  let longest = 0
  let isOver = false
  const tick = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!isOver) setTimeout(tick)
  }
  setTimeout(tick)
  await work()
  isOver = true
  return Math.max(longest, performance.now() - last)
}
