/**
 * A judge for the sequence machine: the same meaning (language.md 5.3–5.8), told in
 * another way. It works stage by stage and key by key over plain lists, the machine in
 * one pass over all keys. Slow, and as literal as can be.
 */

/** `fits[step]`: the event satisfies that step; `keys`: per key field its values. */
export interface PlainEvent {
  readonly row: number
  readonly time: number
  readonly fits: readonly boolean[]
  readonly isUntil: boolean
  readonly keys: readonly (readonly string[])[]
}

export interface PlainRule {
  readonly missing: readonly boolean[]
  readonly optional: readonly boolean[]
  readonly maxspan: number | undefined
  readonly hasUntil: boolean
}

export interface PlainMatch {
  readonly rows: readonly number[]
  readonly key: readonly (string | null)[]
}

type Key = PlainMatch['key']

/** All matches in the order of results; `events` in any order, ties go by row. */
export function judgeSequences(
  rule: PlainRule,
  events: readonly PlainEvent[],
): readonly PlainMatch[] {
  const ordered = [...events].sort((a, b) => a.time - b.time || a.row - b.row)
  const place = new Map(ordered.map((event, at) => [event, at]))
  return distinctKeys(rule, ordered)
    .flatMap((key) =>
      judgeKey(rule, ordered, key).map((found) => ({ found, key, end: found.at(-1)! })),
    )
    .sort((a, b) => place.get(a.end)! - place.get(b.end)! || compareKeys(a.key, b.key))
    .map(({ found, key }) => ({ rows: withPlaces(rule, found), key }))
}

const withPlaces = (rule: PlainRule, found: readonly PlainEvent[]): readonly number[] => {
  const rest = [...found]
  return rule.missing.map((missing) => (missing ? -1 : rest.shift()!.row))
}

function judgeKey(
  rule: PlainRule,
  ordered: readonly PlainEvent[],
  key: Key,
): readonly (readonly PlainEvent[])[] {
  const ofStep = (step: number): readonly PlainEvent[] =>
    ordered.filter((event) => event.fits[step] && hasKey(event, key, rule.optional))
  const untils = rule.hasUntil
    ? ordered.filter(
        (event) =>
          event.isUntil &&
          hasKey(
            event,
            key,
            key.map(() => true),
          ),
      )
    : []
  const isBefore = (a: PlainEvent, b: PlainEvent): boolean =>
    ordered.indexOf(a) < ordered.indexOf(b)
  const positives = rule.missing.flatMap((missing, step) => (missing ? [] : [step]))
  let stage = ofStep(positives[0]!).map((event): readonly PlainEvent[] => [event])
  for (const step of positives.slice(1)) {
    let waiting = stage
    stage = []
    for (const event of ofStep(step)) {
      const ready = waiting.filter((rows) => isBefore(rows.at(-1)!, event))
      const newest = ready.at(-1)
      if (!newest) continue
      waiting = waiting.slice(ready.length)
      if (rule.maxspan !== undefined && event.time - newest[0]!.time > rule.maxspan)
        continue
      const last = newest.at(-1)!
      if (untils.some((until) => !isBefore(until, last) && isBefore(until, event)))
        continue
      stage.push([...newest, event])
    }
  }
  return stage.filter((rows) => isQuiet(rule, rows, ofStep))
}

function isQuiet(
  rule: PlainRule,
  rows: readonly PlainEvent[],
  ofStep: (step: number) => readonly PlainEvent[],
): boolean {
  const first = rows[0]!.time
  const last = rows.at(-1)!.time
  const leads: number[] = []
  const trails: number[] = []
  let passed = 0
  for (const [step, missing] of rule.missing.entries()) {
    if (!missing) {
      passed++
      continue
    }
    const times = ofStep(step).map(({ time }) => time)
    if (passed === 0) leads.push(...times.filter((time) => time < first))
    else if (passed === rows.length) trails.push(...times.filter((time) => time > last))
    else if (
      times.some((time) => time > rows[passed - 1]!.time && time < rows[passed]!.time)
    )
      return false
  }
  const starts = rule.missing[0]!
  const ends = rule.missing.at(-1)!
  const span = rule.maxspan ?? Infinity
  if (leads.length === 0 && (starts || trails.length === 0)) return true
  if (trails.length === 0 && ends) return true
  const from = leads.length > 0 ? Math.max(...leads) : first
  const to = trails.length > 0 ? Math.min(...trails) : last
  return to - from > span
}

const hasKey = (event: PlainEvent, key: Key, nullable: readonly boolean[]): boolean =>
  key.every((value, at) => {
    const values = event.keys[at]!
    return value === null ? values.length === 0 && nullable[at]! : values.includes(value)
  })

const distinctKeys = (rule: PlainRule, events: readonly PlainEvent[]): readonly Key[] => {
  let keys: Key[] = [[]]
  for (const at of rule.optional.keys()) {
    const values = new Set(events.flatMap((event) => event.keys[at]!))
    keys = keys.flatMap((key) => [null, ...values].map((value) => [...key, value]))
  }
  return keys
}

const compareKeys = (a: Key, b: Key): number => {
  const left = a.filter((value) => value !== null)
  const right = b.filter((value) => value !== null)
  for (const [at, value] of left.entries()) {
    const other = right[at]
    if (other !== undefined && value !== other) return value < other ? -1 : 1
  }
  return left.length - right.length
}
