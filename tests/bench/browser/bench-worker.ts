import { loadHost } from '../engine'
import { measure, type Measured, type Work } from '../measure'

export interface Asked extends Pick<Work, 'blob' | 'flat' | 'queries' | 'thousand'> {
  /** With none the file is only loaded, so that the peak of that alone can be read. */
  readonly repeats: number
}
export type Answered = Measured | undefined

const collectGarbage = (globalThis as { readonly gc?: () => void }).gc

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const settle = (): void => collectGarbage?.()
  const isMeasured = data.repeats > 0
  const answered: Answered = isMeasured ? await measure({ ...data, settle }) : undefined
  if (!isMeasured) await loadHost(data.blob)
  self.postMessage(answered)
}
