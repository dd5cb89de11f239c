import { bindPage } from '../../../src/shell/bind-page'
import BenchWorker from './bench-worker?worker&inline'
import type { Asked, Answered } from './bench-worker'

declare global {
  interface Window {
    /** Measures the file that was chosen, in a worker. */
    measureFile: (asked: Omit<Asked, 'blob' | 'flat'>) => Promise<Answered>
  }
}

// The policy of the page, which this is built under, lets no other make a worker.
bindPage()

window.measureFile = (asked) =>
  new Promise((resolve, reject) => {
    const [blob, flat] = document.querySelector('input')?.files ?? []
    if (!blob) return reject(new Error('no file was chosen'))
    const worker = new BenchWorker()
    worker.onmessage = ({ data }: MessageEvent<Answered>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage({ ...asked, blob, flat } satisfies Asked)
  })
