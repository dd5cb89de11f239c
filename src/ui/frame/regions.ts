import { tick } from 'svelte'
import type { Destination, Workbench } from '../state/workbench.svelte'

/** The regions of the page in the order of reading; Alt and the number goes there. */
export const REGIONS = [
  { id: 'rules', name: 'Rules', screen: 'rules' },
  { id: 'editor', name: 'Editor', screen: 'rules' },
  { id: 'result', name: 'Result', screen: 'result' },
  { id: 'dock', name: 'Funnel and timeline', screen: 'result' },
  { id: 'events', name: 'Events', screen: 'events' },
  { id: 'status', name: 'Status', screen: 'more' },
  { id: 'board', name: 'Board', screen: 'rules' },
] as const satisfies readonly { id: string; name: string; screen: Destination }[]

export type RegionId = (typeof REGIONS)[number]['id']

/** Regions that the board leaves in sight. */
const BESIDE_BOARD: ReadonlySet<RegionId> = new Set(['rules', 'status', 'board'])

/** Puts rules by sources in the place of what one works with; there the focus goes. */
export const showBoard = (bench: Workbench): Promise<void> => goToRegion(bench, 'board')

/** Goes back to what one works with. */
export async function leaveBoard(bench: Workbench): Promise<void> {
  bench.showsBoard = false
  await tick()
  document.querySelector<HTMLElement>('[data-board-switch] button')?.focus()
}

/** Brings a region on screen, whatever the layout, and puts the focus on it. */
export async function goToRegion(bench: Workbench, id: RegionId): Promise<void> {
  const element = await showRegion(bench, id)
  element?.focus()
  // The keys of the result work from its cards on.
  if (element && id === 'result') await focusCard(bench, element)
}

/** Shows what the text that is tried out changes, and puts the focus on it. */
export async function goToDiff(bench: Workbench): Promise<void> {
  bench.resultView = 'diff'
  bench.tabs['phone'] = 'cards'
  const element = await showRegion(bench, 'result')
  await tick()
  element?.querySelector<HTMLElement>('[data-diff]')?.focus()
}

async function showRegion(bench: Workbench, id: RegionId): Promise<HTMLElement | null> {
  const region = REGIONS.find((known) => known.id === id)
  if (region) bench.destination = region.screen
  if (id === 'board') bench.showsBoard = true
  else if (!BESIDE_BOARD.has(id)) bench.showsBoard = false
  if (id === 'editor') bench.tabs['middle'] = 'rule'
  if (id === 'result') bench.tabs['middle'] = 'result'
  if (id === 'dock') bench.tabs['phone'] = 'dock'
  await tick()
  return elementOf(id)
}

const MOST_FRAMES = 60

/**
 * Cards are hidden until they have been measured, and a run that is under way brings
 * others: until both is over the focus is on the chosen card, unless it is led elsewhere.
 */
async function focusCard(bench: Workbench, region: HTMLElement): Promise<void> {
  for (let frame = 0; frame < MOST_FRAMES; frame++) {
    const { activeElement } = document
    const isOnCard = activeElement?.matches('article') && region.contains(activeElement)
    if (!isOnCard && activeElement !== region && activeElement !== document.body) return
    const card = region.querySelector<HTMLElement>('article[tabindex="0"]')
    const isComing = bench.isLimiting || bench.rule?.isBusy
    // A list without any card, perhaps in the place of one that had the focus.
    if (!card && !isComing) {
      region.focus()
      return
    }
    card?.focus()
    if (card && card === document.activeElement && !isComing) return
    await new Promise(requestAnimationFrame)
  }
}

/** The region after (1) or before (-1) the one that holds the focus. */
export function nextRegion(way: 1 | -1): RegionId {
  const onScreen = REGIONS.filter(({ id }) =>
    elementOf(id)?.checkVisibility({ visibilityProperty: true }),
  )
  const here = onScreen.findIndex(({ id }) =>
    elementOf(id)?.contains(document.activeElement),
  )
  const from = here < 0 && way < 0 ? 0 : here
  return onScreen.at((from + way) % onScreen.length)?.id ?? 'editor'
}

const elementOf = (id: RegionId): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-region="${id}"]`)
