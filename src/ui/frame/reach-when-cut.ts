/** What does not fit its box must be in reach of the keys that scroll. */
export function reachWhenCut(box: HTMLElement): () => void {
  const watch = new ResizeObserver(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = box
    if (scrollHeight > clientHeight || scrollWidth > clientWidth) box.tabIndex = 0
    else box.removeAttribute('tabindex')
  })
  for (const element of [box, ...box.children]) watch.observe(element)
  return () => watch.disconnect()
}
