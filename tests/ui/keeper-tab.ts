import { vi } from 'vitest'
import { openSessions } from '../../src/session/sessions'
import { Guests, type Place } from '../../src/ui/state/guests.svelte'
import { OpenSource } from '../../src/ui/state/open-source.svelte'
import type { RunLoop } from '../../src/ui/state/run-loop.svelte'
import { SessionKeeper } from '../../src/ui/state/session-keeper.svelte'
import type { SourceLoader } from '../../src/ui/state/source-loader.svelte'
import { Workbench } from '../../src/ui/state/workbench.svelte'

/** A page without a screen: what keeps sessions asks no more of it. */
export interface Tab {
  readonly bench: Workbench
  readonly keeper: SessionKeeper
  readonly guests: Guests
  readonly notices: () => readonly string[]
  /** Takes an action of a notice. */
  readonly take: (label: string) => void
  /** Writes a query into the open rule. */
  readonly write: (query: string) => void
  readonly query: () => string | undefined
  /** Waits until all that was changed is written. */
  readonly save: () => Promise<void>
  /** Whether the browser would ask before it closes the tab. */
  readonly asks: () => boolean
}

/** What stands in for the browser, for all tabs of a test. */
export function stubBrowser(): { readonly store: Map<string, string> } {
  const store = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
    removeItem: (key: string) => store.delete(key),
  })
  return { store }
}

/** Where the page stands, and what lies beside it. */
interface At {
  fragment: string
  readonly hosted?: Readonly<Record<string, Blob>>
}

/** A tab at an address, over a loader that reads nothing; nothing is open in it yet. */
export function makeTab(at: At): Tab {
  const page = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  const bench = new Workbench()
  const loop: Partial<RunLoop> = { close: async () => undefined }
  const loader: Partial<SourceLoader> = {
    add: async (files) => {
      bench.sources.push(...files.map(({ file, active }) => new OpenSource(file, active)))
      const ids = new Set(files.map(({ file }) => file.id))
      bench.lost = bench.lost.filter(({ id }) => !ids.has(id))
    },
    clear: async () => {
      await new Promise((resume) => setTimeout(resume))
      bench.sources = []
    },
    setMapping: async () => undefined,
  }
  const keeper = new SessionKeeper(bench, loop as RunLoop, loader as SourceLoader)
  const place: Place = {
    fragment: () => at.fragment,
    write: (fragment) => void (at.fragment = fragment),
    fetch: async (path) => at.hosted?.[path],
  }
  return {
    bench,
    keeper,
    guests: new Guests(bench, keeper, place),
    asks: () => {
      const leaving = new Event('beforeunload', { cancelable: true })
      page.dispatchEvent(leaving)
      return leaving.defaultPrevented
    },
    notices: () => bench.notices.list.map(({ text }) => text),
    take: (label) => {
      for (const { id, actions } of bench.notices.list)
        for (const action of actions)
          if (action.label === label) bench.notices.answer(id, action)
    },
    write: (query) => {
      bench.rule!.text = query
      keeper.watch()
    },
    query: () => bench.rule?.text,
    save: async () => {
      keeper.watch()
      page.dispatchEvent(new Event('pagehide'))
      // What is asked of a store waits for what was written to it before.
      const storage = await openSessions({ onProblem: () => undefined })
      await storage.measure()
      await storage.measure()
    },
  }
}

/** A tab that was just opened at an address. */
export async function openTab(fragment = ''): Promise<Tab> {
  const tab = makeTab({ fragment })
  await tab.keeper.start(() => tab.guests.read())
  return tab
}
