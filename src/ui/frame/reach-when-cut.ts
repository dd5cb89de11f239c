/** What does not fit its box must be in reach of the keys that scroll. */
export function reachWhenCut(box: HTMLElement): () => void {
  const watch = new ResizeObserver(() => {
    if (box.scrollHeight > box.clientHeight) box.tabIndex = 0
    else box.removeAttribute('tabindex')
  })
  for (const element of [box, ...box.children]) watch.observe(element)
  return () => watch.disconnect()
}
