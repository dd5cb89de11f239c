import { spawnSync } from 'node:child_process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { FileBlob } from '../../src/headless/file-blob'
import { loadHost } from './engine'
import { readProcessPeak } from './process-peak'

/** What a loaded file takes, bytes. */
export interface Memory {
  readonly events: number
  /** Held by the engine after collections. */
  readonly held: number
  /** What the process grew by at most while it read. */
  readonly peak: number
}

export const MEMORY_OF = '--memory-of'

setFlagsFromString('--expose-gc')
export const collectGarbage = runInNewContext('gc') as () => void

/** Loads a file in a process of its own, whose peak tells of nothing else. */
export function measureMemory(path: string): Memory {
  const [program = '', script = ''] = process.argv
  const { stdout, status, stderr } = spawnSync(
    program,
    ['--no-warnings', script, MEMORY_OF, path],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`measuring memory failed: ${stderr}`)
  return JSON.parse(stdout) as Memory
}

/** The part of it that runs in the process of its own. */
export async function printMemory(path: string): Promise<void> {
  const blob = FileBlob.at(path)
  await loadHost(blob.slice(0, 2_000_000))
  const before = await heldBytes()
  const floor = peakBytes()
  const host = await loadHost(blob)
  const peak = peakBytes() - floor
  const held = (await heldBytes()) - before
  const { events } = await host.state()
  process.stdout.write(JSON.stringify({ events, held, peak } satisfies Memory))
}

/** What Node tells begins with the peak of the process that started this one. */
const peakBytes = (): number =>
  readProcessPeak(process.pid) ?? process.resourceUsage().maxRSS * 1024

/** Buffers go a turn later than their owners. */
async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage()
    await new Promise((resume) => setTimeout(resume, 50))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
