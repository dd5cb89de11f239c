/** Where two texts part, with some of what is the same on either side. */
export interface TextDifference {
  readonly before: string
  readonly removed: string
  readonly added: string
  readonly after: string
}

const CONTEXT = 32
const LONGEST = 200

/** The one stretch by which two texts differ, on one line. */
export const findDifference = (old: string, now: string): TextDifference => {
  const most = Math.min(old.length, now.length)
  let from = 0
  while (from < most && old[from] === now[from]) from++
  let end = 0
  while (end < most - from && old.at(-1 - end) === now.at(-1 - end)) end++
  const lead = old.slice(0, from)
  const tail = old.slice(old.length - end)
  return {
    before: oneLine(lead.length > CONTEXT ? `…${lead.slice(-CONTEXT)}` : lead),
    removed: clip(oneLine(old.slice(from, old.length - end))),
    added: clip(oneLine(now.slice(from, now.length - end))),
    after: oneLine(tail.length > CONTEXT ? `${tail.slice(0, CONTEXT)}…` : tail),
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
