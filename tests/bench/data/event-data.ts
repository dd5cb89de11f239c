import { seededDraw, type Draw } from './draw'
import { makeFatEvent } from './fat-event'
import { Fleet } from './fleet'
import { makeFlatEvent } from './flat-event'
import { makeLeanEvent, type Json } from './lean-event'
import { makeWinlogbeatEvent } from './winlogbeat-event'

export const dataNames = ['lean', 'fat', 'real-like'] as const
export type DataName = (typeof dataNames)[number]
/** Also the same events as those of `real-like`, as flat JSON that is no ECS yet. */
export type MadeName = DataName | 'flat'

/** The event of that number, each a little later than the last. */
type MakeEvent = (time: number, at: number) => Json

/** A sensor's own identifier: agent, process number and start time, as base64. */
const sensorId = (draw: Draw, machine: number): string =>
  `${String(1e6 + machine)}LWM2${draw.letters(17)}`
const sysmonGuid = (draw: Draw, machine: number): string =>
  `{${(0x9c0a + machine).toString(16).padStart(8, '0')}-${draw.hex(4)}-${draw.hex(4)}-0000-0010${draw.hex(8)}}`

const makers: Readonly<Record<MadeName, (draw: Draw) => MakeEvent>> = {
  lean: (draw) => {
    const fleet = new Fleet(draw, 400, 14, sensorId)
    return (time) => makeLeanEvent(fleet, time).event
  },
  fat: (draw) => {
    const fleet = new Fleet(draw, 400, 14, sensorId)
    return (time) => makeFatEvent(fleet, time)
  },
  'real-like': (draw) => {
    const fleet = new Fleet(draw, 12, 60, sysmonGuid)
    return (time, at) => makeWinlogbeatEvent(fleet, time, 100_000 + at)
  },
  flat: (draw) => {
    const fleet = new Fleet(draw, 12, 60, sysmonGuid)
    return (time) => makeFlatEvent(fleet, time)
  },
}

const PIECE = 1000

/** `count` events as NDJSON, a thousand at a time, the same for the same seed. */
export function* makeEvents(
  name: MadeName,
  count: number,
  seed = 1,
): Generator<Uint8Array<ArrayBuffer>, void> {
  const draw = seededDraw(seed)
  const make = makers[name](draw)
  const encoder = new TextEncoder()
  let time = Date.UTC(2026, 2, 2, 8)
  for (let done = 0; done < count; done += PIECE) {
    let text = ''
    for (let at = done; at < Math.min(count, done + PIECE); at++) {
      time += draw.below(40)
      text += JSON.stringify(make(time, at)) + '\n'
    }
    yield encoder.encode(text)
  }
}

/** The same in memory, for where there is no disk. */
export const makeEventBlob = (name: MadeName, count: number, seed?: number): Blob =>
  new Blob([...makeEvents(name, count, seed)])
