import type { HeavyPart } from './heavy-api'

/** The sentences of this room that come from the engine's side, as templates. */

export const sayLoadedAlready = (name: string): string => `${name} is already loaded.`

export const sayNotLoaded = 'This source is not loaded, or is still being read.'

export const sayNoRoomFor = (name: string): string =>
  `There was not enough memory for ${name}, so the engine was started anew without it.`

export const sayNoRoomWithout = (name: string): string =>
  `There was not enough memory to take ${name} out, so the engine was started anew.`

export const sayNoRoomForRun =
  'There was not enough memory for this run. Steps that fewer events satisfy, or fewer ' +
  'events that are switched on, take less.'

export const sayNoRoomForAnswer =
  'There was not enough memory to find this out. Fewer events that are switched on take less.'

/** Of a match of one rule, and another rule. */
export const sayHiddenFromIt =
  'One of its events is kept from the rule, by an exception, a filter or its indices.'

export const sayEventGone = 'This event is no longer loaded.'

export const sayFileUnreadable = (name: string): string =>
  `The file ${name} can no longer be read; was it moved or changed?`

const grouped = (count: number): string => count.toLocaleString('en')

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** `text`: what stands in the query where the heavy part is, if it has a place. */
export function sayHeavy(
  { part, contents = 0, rows = 0 }: Omit<HeavyPart, 'sentence' | 'ms'>,
  partMs: number,
  text: string,
): string {
  const took = `Most of the time, ${seconds(partMs)},`
  switch (part) {
    case 'condition':
      return (
        `${took} went into \`${text}\`, asked of ${grouped(contents)} distinct values. ` +
        'A selective comparison before it leaves it fewer events.'
      )
    case 'keys':
      return `${took} went into reading the join keys of ${grouped(rows)} events.`
    case 'join':
      return (
        `${took} went into following ${grouped(rows)} events step by step. Steps that ` +
        'fewer events satisfy leave less to follow.'
      )
    case 'missing':
      return `${took} went into looking for events of missing steps among ${grouped(rows)}.`
    case 'order':
      return `${took} went into putting ${grouped(rows)} events in the order of time.`
  }
}
