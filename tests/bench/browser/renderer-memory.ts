import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright'

/**
 * The most memory that a page's process has had so far, bytes: JavaScript, buffers,
 * WebAssembly and all. Undefined where the system does not tell.
 */
export async function readRendererPeak(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => readPeak(id) ?? [])
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}

function readPeak(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    // No such folder on this system.
    return undefined
  }
}
