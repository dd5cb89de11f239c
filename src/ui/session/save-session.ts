import { slugOf } from '../../rules/rule-record'
import { saveBlob } from '../events/save-blob'
import type { Workbench } from '../state/workbench.svelte'

/** Gives the open session to the person as a file, with all that is open in it. */
export async function saveSession(bench: Workbench, name: string): Promise<void> {
  const { printSession } = await import('./session-bundle')
  saveBlob(await printSession(bench, name), `${slugOf(name)}.maxspan`)
}
