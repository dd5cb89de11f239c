import { releaseProxy, type ProxyMethods } from 'comlink'

/**
 * Lets go of a function that came through the worker's door, so that the channel behind
 * it is closed; it must not be called any more. Others are left as they are.
 */
export function letGo(callback: unknown): void {
  if (typeof callback !== 'function') return
  const { [releaseProxy]: release } = callback as Partial<ProxyMethods>
  release?.()
}
