import { loadHost } from '../engine'
import { setClock } from '../clock'
import { measure, type Measured, type Work } from '../measure'

export interface Asked extends Pick<Work, 'blob' | 'flat' | 'queries' | 'thousand'> {
  /** With none the file is only loaded, so that the peak of that alone can be read. */
  readonly repeats: number
  /** Tells the time, where it is not to be that of the wall: asks with any message. */
  readonly clock?: MessagePort | undefined
}
export type Answered = Measured | undefined

const collectGarbage = (globalThis as { readonly gc?: () => void }).gc

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const { clock } = data
  if (clock) setClock(() => askTime(clock))
  const settle = (): void => collectGarbage?.()
  const isMeasured = data.repeats > 0
  const answered: Answered = isMeasured ? await measure({ ...data, settle }) : undefined
  if (!isMeasured) await loadHost(data.blob)
  self.postMessage(answered)
}

const askTime = (clock: MessagePort): Promise<number> =>
  new Promise((resolve) => {
    clock.onmessage = ({ data }: MessageEvent<number>) => resolve(data)
    clock.postMessage(undefined)
  })
