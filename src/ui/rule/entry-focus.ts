import { tick } from 'svelte'

/**
 * Where the focus goes when a list of `data-entry` elements changed, as what had it is
 * gone or disabled: to the first field of an entry that was added, to the removal of the
 * one that took the place of another, and of an empty list to its `data-add` button.
 */
export async function focusEntry(
  list: Element | null | undefined,
  place: number,
  on: 'field' | 'removal',
): Promise<void> {
  await tick()
  const entries = [...(list?.querySelectorAll(':scope > [data-entry]') ?? [])]
  const target = entries
    .at(Math.min(place, entries.length - 1))
    ?.querySelector<HTMLElement>(on === 'field' ? FIELD : '.icon-button')
  const add = list?.querySelector<HTMLElement>(':is(:scope, :scope > li) > [data-add]')
  ;(target ?? add)?.focus()
}
const FIELD = 'input, select, textarea'
