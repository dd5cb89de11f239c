import { isIpAddress, unmapAddress } from './ip-address'
import { splitArguments } from './command-line'
import type { EventWriter } from './event-writer'
import { directoryOf, extensionOf, nameOf } from './path-parts'

/** Writes what a value of EventData means. */
type Write = (out: EventWriter, value: string, from: string) => void

/** What becomes of a value of EventData. */
export interface DataRule {
  readonly write: Write
  /** Whether it also stays where it was, below `winlog.event_data`. */
  readonly stays: boolean
  /** What it does, if that is no more than to copy. */
  readonly copies?: Copy
}

/** A field that has a value as it is, or as the decimal number that it is. */
export interface Copy {
  readonly field: string
  readonly isNumber: boolean
}

/** By the names of the values. */
export type DataRules = Readonly<Record<string, DataRule>>

const moved = (write: Write): DataRule => ({ write, stays: false })

/** The same, but the value stays below `winlog.event_data` as well. */
export const copied = (rule: DataRule): DataRule => ({ ...rule, stays: true })

/** Several rules for one value. */
export const all = (...rules: readonly DataRule[]): DataRule =>
  moved((out, value, from) => {
    for (const rule of rules) rule.write(out, value, from)
  })

export const text = (field: string): DataRule => ({
  ...moved((out, value, from) => out.put(field, value, from)),
  copies: { field, isNumber: false },
})

/** Nothing is made of the value, and it goes. */
export const dropped: DataRule = moved(() => undefined)

/** What no other rule does. */
export const named = (write: Write): DataRule => moved(write)

/** A rule of extended mode; Elastic gives its fields no value. */
export const onlyExtended = ({ write }: DataRule): DataRule =>
  moved((out, value, from) => {
    if (out.isExtended) write(out.extending, value, from)
  })

/** A decimal number, or one in hexadecimal digits as `0x1a4`. Anything else is dropped. */
export const long = (field: string): DataRule => ({
  ...moved((out, value, from) => {
    const number = readLong(value)
    if (number !== undefined) out.put(field, number, from)
  }),
  copies: { field, isNumber: true },
})

const INTEGER = /^(?:0x[0-9a-f]{1,16}|-?\d{1,19})$/i

/** Beyond 2^53 as bigint. */
export function readLong(text: string): number | bigint | undefined {
  const quick = readShort(text)
  if (quick >= 0) return quick
  if (!INTEGER.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

/** Up to nine decimal digits without a sign, which nearly all are; -1 for all else. */
function readShort(text: string): number {
  if (text.length === 0 || text.length > 9) return -1
  let number = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

/** `true` or `false`, in any case. */
export const truth = (field: string): DataRule =>
  moved((out, value, from) => {
    const word = value.toLowerCase()
    if (word === 'true' || word === 'false') out.put(field, word === 'true', from)
  })

/** One word of a list for another; words that are not in it give nothing. */
export const word = (
  field: string,
  words: Readonly<Record<string, string>>,
): DataRule => {
  const known = new Map(Object.entries(words))
  return moved((out, value, from) => {
    const found = known.get(value)
    if (found !== undefined) out.put(field, found, from)
  })
}

/** An address, which also goes to `related.ip`; what is none is dropped. */
export const address = (field: string): DataRule =>
  moved((out, value, from) => {
    if (!isIpAddress(value)) return
    out.put(field, value, from)
    out.relate('ip', value, from)
  })

/** The same, with IPv4 taken out of the IPv6 that it stands in. */
export const plainAddress = (field: string): DataRule => {
  const { write } = address(field)
  return moved((out, value, from) => write(out, unmapAddress(value), from))
}

/** The path of a program: `executable`, and `name` where it has a backslash. */
export const image = (object: string): DataRule => {
  const executable = `${object}.executable`
  const name = `${object}.name`
  return moved((out, value, from) => {
    out.put(executable, value, from)
    const last = nameOf(value)
    if (last !== undefined && last !== '') out.put(name, last, from)
  })
}

/**
 * The path of a file: `path`, and from its backslashes `name` and `directory`. The
 * extension is what is behind the last dot of the whole path, even of a folder's name.
 */
export const file = (object: string): DataRule => {
  const path = `${object}.path`
  const name = `${object}.name`
  const directory = `${object}.directory`
  const extension = `${object}.extension`
  return moved((out, value, from) => {
    out.put(path, value, from)
    const last = nameOf(value)
    if (last === undefined) return
    out.put(name, last, from)
    out.put(directory, directoryOf(value), from)
    const ending = extensionOf(value)
    if (ending !== undefined) out.put(extension, ending, from)
  })
}

/** A command line, and its arguments by the rules of Windows programs. */
export const commandLine = (object: string): DataRule => {
  const line = `${object}.command_line`
  const args = `${object}.args`
  const count = `${object}.args_count`
  return moved((out, value, from) => {
    const found = splitArguments(value)
    out.put(line, value, from)
    out.put(args, found, from)
    out.put(count, found.length, from)
  })
}

/** `DOMAIN\name`, or nothing if that is not its form. */
export const account = (object: string): DataRule => {
  const domain = `${object}.domain`
  const name = `${object}.name`
  return moved((out, value, from) => {
    const at = value.indexOf('\\')
    if (at < 0 || at === value.length - 1 || value.includes('\\', at + 1)) return
    if (at > 0) out.put(domain, value.slice(0, at), from)
    out.put(name, value.slice(at + 1), from)
    out.relate('user', value.slice(at + 1), from)
  })
}
