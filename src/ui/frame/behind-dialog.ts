import type { Span } from '../../language/ast'
import type { Workbench } from '../state/workbench.svelte'
import { layoutNow } from './layout.svelte'
import { goToRegion } from './regions'

/** Ways from a dialog to what stands behind it; `leave` closes the dialog first. */
export const behindDialog = (bench: Workbench, leave: () => void) => ({
  showEvent: (row: number): void => {
    leave()
    bench.showEvent(row)
    bench.destination = 'events'
  },
  showWhy: (row: number, step: number): void => {
    leave()
    bench.showWhy(row, step)
    bench.destination = 'events'
  },
  showInRule: (span: Span | undefined): void => {
    leave()
    bench.tabs['rule'] = 'query'
    bench.jump = span
    if (layoutNow() !== 'wide') void goToRegion(bench, 'editor')
  },
})
