import { measure, type Measured } from '../measure'

export interface Asked {
  readonly blob: Blob
  readonly queries: readonly string[]
  readonly repeats: number
}

/** What was measured, and what it took; the page sees neither inside the worker. */
export interface Answered {
  readonly measured: Measured
  /** JavaScript heap of the worker at the end, bytes; absent where it is not told. */
  readonly heapBytes: number | undefined
}

interface Heap {
  readonly usedJSHeapSize: number
}

const collectGarbage = (globalThis as { readonly gc?: () => void }).gc

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const settle = (): void => collectGarbage?.()
  const measured = await measure({ ...data, settle })
  const { memory } = performance as Performance & { readonly memory?: Heap }
  const answered: Answered = { measured, heapBytes: memory?.usedJSHeapSize }
  self.postMessage(answered)
}
