import { isSysmon } from './providers'
import type { EventDatum, WindowsEventDraft } from './windows-event'

/**
 * Takes from the message of a Sysmon event what its data lack: some exports drop values,
 * but have them among the `Key: value` lines of the message. That is done only if the
 * message fits the data: each datum is there with the same value, and every line is of
 * that form. Messages that were rendered for another version of the event do not fit;
 * their values are shifted.
 */
export function fillFromMessage(event: WindowsEventDraft): void {
  const { message, data } = event
  if (message === undefined || !isSysmon(event)) return
  if (countLines(message) <= data.length) return
  const lines = readLines(message)
  if (!lines || lines.length <= data.length) return
  const said = new Map(lines.map(({ name, value }) => [name, value]))
  const fits = data.every(({ name, value }) => said.get(name)?.trim() === value.trim())
  if (fits && said.size === lines.length) event.data = lines
}

/** Lines below the title. */
function countLines(message: string): number {
  let count = 0
  for (let at = message.indexOf('\n'); at >= 0; at = message.indexOf('\n', at + 1))
    if (at + 1 < message.length) count++
  return count
}

function readLines(message: string): EventDatum[] | undefined {
  const [title = '', ...lines] = message.trimEnd().split(/\r?\n/)
  if (!title.trimEnd().endsWith(':')) return undefined
  const data: EventDatum[] = []
  for (const line of lines) {
    const found = /^(\w+):(?: (.*))?$/.exec(line)
    if (!found) return undefined
    data.push({ name: found[1]!, value: found[2] ?? '' })
  }
  return data
}
