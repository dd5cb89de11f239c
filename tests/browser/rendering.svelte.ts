import axe from 'axe-core'
import { flushSync, mount, unmount, type Component } from 'svelte'
import '../../src/app.css'
import '../../src/ui/frame/controls.css'

export interface Rendered<P> {
  readonly root: HTMLElement
  /** Changes props and waits for the page to follow. */
  readonly set: (change: Partial<P>) => void
  readonly remove: () => void
}

/** Mounts a component into a box of a given size, with props that can change. */
export const render = <P extends Record<string, unknown>>(
  component: Component<P>,
  props: P,
  size = { width: 700, height: 560 },
): Rendered<P> => {
  const root = document.createElement('main')
  root.style.cssText = `width:${size.width}px;height:${size.height}px`
  document.body.append(root)
  const state = $state(props)
  const app = mount(component, { target: root, props: state })
  flushSync()
  return {
    root,
    set: (change) => {
      Object.assign(state, change)
      flushSync()
    },
    remove: () => {
      void unmount(app)
      root.remove()
    },
  }
}

/** What axe finds wrong in either theme, as lines one can read. */
export const findFaults = async (root: HTMLElement): Promise<readonly string[]> => {
  const faults: string[] = []
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    const { violations } = await axe.run(root, {
      rules: { 'page-has-heading-one': { enabled: false } },
    })
    for (const { id, nodes } of violations)
      faults.push(...nodes.map((node) => `${theme} ${id}: ${node.html.slice(0, 200)}`))
  }
  return faults
}
