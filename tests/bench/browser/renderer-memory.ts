import type { Browser } from 'playwright'
import { readProcessPeak } from '../process-peak'

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
    .flatMap(({ id }) => readProcessPeak(id) ?? [])
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}
