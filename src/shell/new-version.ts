import { serviceWorkerUrl } from './bind-page'
import { USE_NOW } from './messages'

export interface NewVersion {
  /** Takes it into use and loads the page anew. What is unsaved is to be saved before. */
  useNow(): void
}

/**
 * Keeps the page for use without a network, where the browser can. `onNewVersion` is
 * called when a newer one has been fetched and waits; until it is taken into use, or the
 * last tab is closed, all goes on as it is.
 */
export async function keepOffline(
  onNewVersion: (version: NewVersion) => void,
): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  if (!/^https?:$/.test(location.protocol)) return
  const { serviceWorker } = navigator
  try {
    const registration = await serviceWorker.register(serviceWorkerUrl())
    const tell = (waiting: ServiceWorker | null) => {
      // Without one that is in use already, this is the first, and nothing is replaced.
      if (waiting && serviceWorker.controller) onNewVersion(versionOf(waiting))
    }
    tell(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing
      coming?.addEventListener('statechange', () => {
        if (coming.state === 'installed') tell(coming)
      })
    })
  } catch {
    // Private windows and some policies of firms refuse it. The page works all the same.
  }
}

const versionOf = (waiting: ServiceWorker): NewVersion => ({
  useNow: () => {
    navigator.serviceWorker.addEventListener(
      'controllerchange',
      () => location.reload(),
      {
        once: true,
      },
    )
    waiting.postMessage(USE_NOW)
  },
})
