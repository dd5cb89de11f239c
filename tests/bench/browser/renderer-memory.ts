import type { Browser } from 'playwright'
import { readProcessPeak } from '../process-peak'
import { listRenderers } from './renderers'

/**
 * The most memory that a page's process has had so far, bytes: JavaScript, buffers,
 * WebAssembly and all. Undefined where the system does not tell.
 */
export async function readRendererPeak(browser: Browser): Promise<number | undefined> {
  const renderers = await listRenderers(browser)
  const peaks = renderers.flatMap((id) => readProcessPeak(id) ?? [])
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}
