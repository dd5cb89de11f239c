import type { Query } from '../language/ast'
import { keyNamesOf, stepsOf } from '../language/walk'
import type { NearMiss } from './explanation'
import type { Fault } from './finding'
import { clip, printDuration, printKeys, printValues } from './wording'

/** Sentences of groups of near misses. */

/** `38 hosts miss for the same reason: step 2 fails only ….` */
export const sayGroup = (query: Query, members: readonly NearMiss[]): string => {
  const best = members[0]!
  const isAlone = stepsOf(query).length === 1
  const reason = sayReason(members, isAlone ? 'the event' : `step ${best.step}`)
  return `${sayWho(query, members)} miss for the same reason: ${reason}.`
}

/** The kinds of things events tell of, by the first word of the fields that name them. */
const KINDS: Readonly<Record<string, string>> = {
  host: 'hosts',
  user: 'users',
  process: 'processes',
  agent: 'agents',
  container: 'containers',
}

const grouped = (count: number): string => count.toLocaleString('en')

const sayWho = (query: Query, members: readonly NearMiss[]): string => {
  const names = keyNamesOf(query, 0)
  const count = grouped(members.length)
  if (names.length === 0) return `${count} ${WHOLE[query.body.kind]}`
  const keys = new Set(
    members.map(({ joinKeys }) => joinKeys.map(({ value }) => String(value)).join('\n')),
  )
  if (keys.size === 1)
    return `${count} ${WHOLE[query.body.kind]}${printKeys({ keys: members[0]!.joinKeys })}`
  return `${grouped(keys.size)} ${sayKeys(names)}`
}

const WHOLE = { event: 'events', sequence: 'sequences', sample: 'samples' } as const

const sayKeys = (names: readonly string[]): string => {
  const [name = ''] = names
  if (names.length > 1) return `combinations of ${names.join(', ')}`
  const [root = '', ...rest] = name.split('.')
  const isName = ['name', 'id', 'entity_id', 'hostname', 'pid'].includes(rest.join('.'))
  return (isName ? KINDS[root] : undefined) ?? `values of ${name}`
}

/** But for a range of times, the nearest speaks for all. */
const sayReason = (members: readonly NearMiss[], step: string): string => {
  const { fault } = members[0]!
  switch (fault.cause) {
    case 'maxspan':
      return `${step} came ${sayRange(members.map((miss) => miss.fault))} after the ${printDuration(fault.limitMs)} limit`
    case 'key':
      return `${step} happened, but with another ${fault.name}`
    case 'key-null':
      return `${step} happened, but its event has no ${fault.name}`
    case 'order':
      return `${step} happened before the step it should follow`
    case 'until':
      return `the until event came before ${step}`
    case 'missing':
      return `an event fits missing ${step}`
    case 'replaced':
      return `a newer start took the place of the one before ${step}`
    case 'runs':
      return `${step} happened ${fault.have} of ${fault.of} times`
    case 'category':
      return `${step} would match, but the event is ${printValues(fault.values)}, not ${clip(fault.term)}`
    case 'null':
      return `${step} would match, but has no ${[...new Set(fault.values.map(({ field }) => field))].join(', ')}`
    case 'condition':
      return `of ${step} only \`${clip(fault.term)}\` is false (${printValues(fault.values)})`
  }
}

const sayRange = (faults: readonly Fault[]): string => {
  const over = faults.map((fault) => (fault.cause === 'maxspan' ? fault.overMs : 0))
  const [least, most] = [Math.min(...over), Math.max(...over)]
  return least === most
    ? printDuration(least)
    : `${printDuration(least)} to ${printDuration(most)}`
}
