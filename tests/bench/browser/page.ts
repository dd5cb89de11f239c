import { bindPage } from '../../../src/shell/bind-page'
import BenchWorker from './bench-worker?worker&inline'
import type { Asked, Answered } from './bench-worker'

/** What a worker is asked, but for what is at hand in the page. */
export type Question = Omit<Asked, 'blob' | 'flat' | 'clock'>

declare global {
  interface Window {
    /** Measures the file that was chosen, in a worker. */
    measureFile: (asked: Question) => Promise<Answered>
    /** What the processor has spent on workers so far, ms; where that is to be told. */
    readWorkerTime?: () => Promise<number>
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
    const clock = window.readWorkerTime && makeClock(window.readWorkerTime)
    const all = { ...asked, blob, flat, clock } satisfies Asked
    worker.postMessage(all, clock ? [clock] : [])
  })

function makeClock(read: () => Promise<number>): MessagePort {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => void read().then((ms) => port1.postMessage(ms))
  return port2
}
