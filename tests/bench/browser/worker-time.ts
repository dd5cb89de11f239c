import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright'
import { readThreadTime } from '../thread-clock'
import { listRenderers } from './renderers'

/** What the processor has spent so far on the threads of all workers there are, ms. */
export async function readWorkerTime(browser: Browser): Promise<number> {
  const renderers = await listRenderers(browser)
  const threads = renderers.flatMap((id) => listWorkers(`/proc/${String(id)}/task`))
  return threads.reduce((sum, thread) => sum + readThreadTime(thread), 0)
}

const listWorkers = (tasks: string): readonly string[] =>
  readdirSync(tasks)
    .map((thread) => `${tasks}/${thread}`)
    .filter((thread) => readFileSync(`${thread}/comm`, 'utf8').startsWith('Dedicated'))
