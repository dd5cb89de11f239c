const GB = 1024 ** 3

/** Addresses of WebAssembly end at 4 GB; what is near that may not be had any more. */
const MOST = 3.5 * GB
/** What a tab can hold where nothing tells better. */
const UNTOLD = 2 * GB

/** What browsers tell of the machine, each of them something else, some nothing. */
interface Machine {
  /** In GB, rounded, and never more than 8. */
  readonly deviceMemory?: number | undefined
  /** Most bytes the JavaScript heap may take. */
  readonly heapLimit?: number | undefined
}

/**
 * Bytes of events one tab can hold: half the machine's memory where it is told, never
 * more than the JavaScript heap or the memory of WebAssembly can be (performance.md 7).
 */
export const tabCapacity = ({ deviceMemory, heapLimit }: Machine): number =>
  Math.min(MOST, deviceMemory ? (deviceMemory * GB) / 2 : UNTOLD, heapLimit ?? Infinity)

/** What this browser tells. */
export function thisMachine(): Machine {
  const { deviceMemory } =
    (globalThis as { readonly navigator?: Machine }).navigator ?? {}
  const { memory } = performance as Performance & {
    readonly memory?: { readonly jsHeapSizeLimit: number }
  }
  return { deviceMemory, heapLimit: memory?.jsHeapSizeLimit }
}
