import { tick } from 'svelte'
import type { Workbench } from '../state/workbench.svelte'

/** Brings the replay on screen, whatever the layout, and puts the focus on it. */
export async function stepThrough(bench: Workbench): Promise<void> {
  bench.destination = 'result'
  bench.tabs['phone'] = 'dock'
  bench.tabs['dock'] = 'replay'
  // Tabs show what they hold one turn after they have changed.
  await tick()
  await tick()
  document.querySelector<HTMLElement>('[data-replay]')?.focus()
}
