import type { Journey } from './journey'

/** A task on the page's own thread longer than this is felt, ms. */
const FELT = 50

/** What is written of one task of a thread; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Time the processor spent on it. A busy machine makes it no longer. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Notes every task of the page's own thread. */
export async function watchTasks({ page, browser }: Journey): Promise<void> {
  const categories = ['disabled-by-default-devtools.timeline']
  await browser.startTracing(page, { categories })
}

/** Ends the watch: how long each task took that one could feel, ms. */
export async function readFeltTasks({ browser }: Journey): Promise<readonly number[]> {
  const trace = (await browser.stopTracing()).toString()
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: TraceEvent[] }
  const threads = new Set(
    traceEvents
      .filter(
        ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
      )
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => Math.round(tdur / 1000))
    .filter((task) => task > FELT)
}

/** A task of 200 ms, to see that the watch sees it. */
export async function plantTask({ page }: Journey): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        setTimeout(() => {
          const end = performance.now() + 200
          while (performance.now() < end);
          // In a task of its own, when this one is over and noted.
          setTimeout(done)
        })
      }),
  )
}
