import type { Draw } from './draw'
import type { Fleet, Running } from './fleet'
import { makeLeanEvent, type Json } from './lean-event'

/*
 * Imitates the same sensor with everything switched on: about 1.9 kB an event, 148 leaf
 * fields, among them arrays of objects (code signatures, call stacks) and long arrays.
 */

/** Those of a program, most of the time one, as an array of objects. */
const signatures = (draw: Draw, count: number): readonly Json[] =>
  Array.from({ length: count }, () => ({
    exists: true,
    status: draw.sometimes(95) ? 'trusted' : 'errorExpired',
    subject_name: draw.pick(['Northlight Systems', 'Harbourline Ltd', 'Quillworks AB']),
    trusted: draw.sometimes(95),
  }))

const tellMore = (draw: Draw, process: Running, own: Json): Json => ({
  ...own,
  Ext: {
    ...(own['Ext'] as Json | undefined),
    ancestry: [process.entityId, process.parent?.entityId ?? ''],
    architecture: 'x86_64',
    code_signature: signatures(draw, draw.sometimes(20) ? 2 : 1),
    dll: { count: draw.below(90) },
    session_info: {
      id: draw.below(3),
      logon_type: draw.pick(['Interactive', 'Service', 'Network']),
      relative_logon_time: 60 * draw.below(1440),
    },
    user: 'SYSTEM',
  },
  entry_leader: {
    entity_id: process.parent?.entityId ?? process.entityId,
    name: process.name,
    entry_meta: { type: 'service' },
  },
  group_leader: { pid: process.pid },
  hash: { md5: process.sha256.slice(0, 32), ...(own['hash'] as Json | undefined) },
  interactive: draw.sometimes(30),
  ...(process.parent && {
    parent: {
      ...(own['parent'] as Json | undefined),
      code_signature: { exists: true, status: 'trusted', trusted: true },
      name: process.parent.name,
    },
  }),
})

/** What only a few events have, each something else. */
const rare = (draw: Draw): Json => {
  if (!draw.sometimes(5)) return {}
  const at = draw.below(RARE.length)
  return {
    [RARE[at] ?? '']: {
      id: `x-${String(draw.below(50))}`,
      name: 'n',
      tier: 'workstation',
    },
  }
}
const RARE =
  'orchestrator container observer threat rule service device vendor site'.split(' ')

export function makeFatEvent(fleet: Fleet, time: number): Json {
  const { draw } = fleet
  const { event, process } = makeLeanEvent(fleet, time)
  return {
    ...event,
    cloud: { instance: { id: `i-${process.sha256.slice(0, 12)}` }, region: 'north-1' },
    group: { id: 'S-1-5-32-545', name: 'Users' },
    labels: { site: draw.pick(['lund', 'gdansk', 'puebla']) },
    ...rare(draw),
    process: tellMore(draw, process, event['process'] as Json),
  }
}
