/** What a key does in the timeline (experience.md 3.5). */
export type TimelineAction =
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'pan'; readonly share: number }
  | { readonly do: 'lane'; readonly way: 1 | -1 }
  | { readonly do: 'event'; readonly way: 1 | -1 }
  | { readonly do: 'end'; readonly end: 'from' | 'to' }
  | { readonly do: 'fit-all' }
  | { readonly do: 'fit-chosen' }

/** How much closer one step of zooming is. */
export const CLOSER = 0.7

const zoomIn = { do: 'zoom', factor: CLOSER } as const
const zoomOut = { do: 'zoom', factor: 1 / CLOSER } as const

const ACTIONS: Readonly<Record<string, TimelineAction>> = {
  w: zoomIn,
  '+': zoomIn,
  '=': zoomIn,
  s: zoomOut,
  '-': zoomOut,
  '−': zoomOut,
  a: { do: 'pan', share: -0.2 },
  d: { do: 'pan', share: 0.2 },
  '0': { do: 'fit-all' },
  f: { do: 'fit-chosen' },
  '[': { do: 'end', end: 'from' },
  ']': { do: 'end', end: 'to' },
  arrowdown: { do: 'lane', way: 1 },
  arrowup: { do: 'lane', way: -1 },
  arrowright: { do: 'event', way: 1 },
  arrowleft: { do: 'event', way: -1 },
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Undefined for keys that are not ours. */
export const readTimelineKey = (event: Key): TimelineAction | undefined =>
  event.ctrlKey || event.metaKey || event.altKey
    ? undefined
    : ACTIONS[event.key.toLowerCase()]
