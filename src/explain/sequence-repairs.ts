import type { Row } from '../events/row-set'
import type { FieldRef, Sample, Sequence, Span, Step } from '../language/ast'
import { printLiteral, printName } from '../language/print-literal'
import { keyNamesOf } from '../language/walk'
import type { Fault } from './finding'
import type { Candidate, RepairScene } from './repair'
import { roundMaxspan } from './round-maxspan'
import { removeItem, replaceSpan, type TextEdit } from './text-edit'

type Joined = Sequence | Sample

/** A maxspan that covers the events. */
export const repairMaxspan = (
  { maxspan }: Sequence,
  { overMs, limitMs }: Extract<Fault, { cause: 'maxspan' }>,
): readonly Candidate[] => {
  if (!maxspan) return []
  const text = roundMaxspan(overMs + limitMs)
  return [{ remedy: { kind: 'maxspan', text }, edits: [replaceSpan(maxspan, text)] }]
}

/** As many runs as there are. */
export const repairRuns = (
  step: Step,
  number: number,
  { have }: Extract<Fault, { cause: 'runs' }>,
): readonly Candidate[] =>
  step.runsSpan
    ? [
        {
          remedy: { kind: 'runs', step: number, runs: have },
          edits: [replaceSpan(step.runsSpan, `with runs=${have}`)],
        },
      ]
    : []

/** The step that came too early in the place of the one before it. */
export const swapSteps = (
  { query: { text } }: RepairScene,
  { steps }: Sequence,
  at: number,
): readonly Candidate[] => {
  const first = steps[at - 1]
  const second = steps[at]
  if (!first || !second || first.missing || second.missing) return []
  return [
    {
      remedy: { kind: 'swap-steps', first: at, second: at + 1 },
      edits: [
        replaceSpan(first, text.slice(second.from, second.to)),
        replaceSpan(second, text.slice(first.from, first.to)),
      ],
    },
  ]
}

/** No until, or one that the event which ended the sequence does not satisfy. */
export const repairUntil = (
  scene: RepairScene,
  { steps, until }: Sequence,
  culprit: Row,
): readonly Candidate[] => {
  const last = steps.at(-1)
  if (!until || !last) return []
  const edits = [{ from: last.to, to: until.to, insert: '' }]
  return [...narrowStep(scene, until, culprit), { remedy: { kind: 'drop-until' }, edits }]
}

/** No missing step, or one that the event which was there does not satisfy. */
export const repairMissing = (
  scene: RepairScene,
  { steps }: Sequence,
  at: number,
  culprit: Row,
): readonly Candidate[] => {
  const step = steps[at]
  const removed = removeItem(steps, at)
  if (!step || !removed) return []
  return [
    ...narrowStep(scene, step, culprit),
    { remedy: { kind: 'drop-missing', step: at + 1 }, edits: [removed] },
  ]
}

/** Fields whose values say what an event is, and not which one it is. */
const TELLING = /\.(name|executable|path|type|action|code|ip|port|domain|extension)$/
const NARROWED = 3

const narrowStep = (
  scene: RepairScene,
  { query: { condition } }: Step,
  culprit: Row,
): readonly Candidate[] =>
  tellingFields(scene, culprit)
    .slice(0, NARROWED)
    .flatMap((field) => {
      const [value] = scene.valuesOf(field, culprit)
      if (value === undefined || value === null) return []
      const type = typeof value === 'string' ? 'string' : 'long'
      const clause = `${printName(field)} != ${printLiteral({ type, value })}`
      return [{ remedy: { kind: 'narrow', clause }, edits: addClause(condition, clause) }]
    })

/** Those in which an event differs from all that are wanted; if there are none, others. */
const tellingFields = (
  { query, fieldsOf, valuesOf, wanted }: RepairScene,
  culprit: Row,
): readonly string[] => {
  const telling = fieldsOf(culprit).filter(
    (field) => TELLING.test(field) && !keyNamesOf(query, 0).includes(field),
  )
  const isOwn = (field: string): boolean => {
    const values = new Set(valuesOf(field, culprit).map(String))
    return !wanted.some((row) =>
      valuesOf(field, row).some((value) => values.has(String(value))),
    )
  }
  const own = telling.filter(isOwn)
  return own.length > 0 ? own : telling
}

const addClause = (
  condition: Span & { readonly kind: string; readonly value?: unknown },
  clause: string,
): readonly TextEdit[] => {
  const { from, to, kind, value } = condition
  if (value === true) return [replaceSpan(condition, clause)]
  const [open, close] = kind === 'or' ? ['(', ')'] : ['', '']
  const end = { from: to, to, insert: `${close} and ${clause}` }
  return open ? [{ from, to: from, insert: open }, end] : [end]
}

const SWAPPED = 4

/** Without that key field, or with another by which the events do agree. */
export const repairKey = (
  scene: RepairScene,
  body: Joined,
  part: number,
): readonly Candidate[] => {
  const lists = keyLists(body, part)
  const field = lists[0]?.by[lists[0].at]?.name
  if (field === undefined) return []
  const taken = takenKeys(body)
  const swaps = agreeing(scene)
    .filter((name) => !taken.has(name))
    .slice(0, SWAPPED)
    .map((by) => ({
      remedy: { kind: 'swap-key' as const, field, by },
      edits: lists.map(({ by: keys, at }) => replaceSpan(keys[at]!, printName(by))),
    }))
  const dropped = lists.map((list) => dropKey(scene.query.text, list))
  const edits = dropped.filter((edit) => edit !== undefined)
  return edits.length === lists.length
    ? [...swaps, { remedy: { kind: 'drop-key', field }, edits }]
    : swaps
}

/**
 * One more key, by which the events do agree and the newer start is another's: of one key
 * only the newest start waits (language.md 5.4).
 */
export const tellStartsApart = (
  scene: RepairScene,
  body: Sequence,
  newer: Row,
): readonly Candidate[] => {
  const { valuesOf, wanted } = scene
  const isOther = (name: string): boolean => {
    const values = new Set(valuesOf(name, newer).map(String))
    return !valuesOf(name, wanted[0]!).some((value) => values.has(String(value)))
  }
  return agreeing(scene)
    .filter((name) => !takenKeys(body).has(name) && isOther(name))
    .slice(0, SWAPPED)
    .map((field) => ({
      remedy: { kind: 'add-key' as const, field },
      edits: [addKey(scene.query.text, body, field)],
    }))
}

/** Behind the keys of all steps; where there are none, behind the word `sequence`. */
const addKey = (text: string, { by, from }: Sequence, field: string): TextEdit => {
  const last = by.at(-1)
  const word = /^\w+/.exec(text.slice(from))?.[0].length ?? 0
  const at = last?.to ?? from + word
  return { from: at, to: at, insert: `${last ? ',' : ' by'} ${printName(field)}` }
}

/** Another field of the one step whose event has the value that the others have. */
export const repairOwnKey = (
  { fieldsOf, valuesOf }: RepairScene,
  { steps, by }: Joined,
  at: number,
  part: number,
  wanted: string,
  culprit: Row,
): readonly Candidate[] => {
  const key = steps[at]?.by[part - by.length]
  if (!key) return []
  return fieldsOf(culprit)
    .filter((name) => valuesOf(name, culprit).some((value) => String(value) === wanted))
    .slice(0, SWAPPED)
    .map((name) => ({
      remedy: { kind: 'swap-key', field: key.name, by: name },
      edits: [replaceSpan(key, printName(name))],
    }))
}

const takenKeys = (body: Joined): ReadonlySet<string> =>
  new Set(body.steps.flatMap(({ by }) => [...body.by, ...by]).map(({ name }) => name))

/** A list of keys as written, where in the text it may begin, and one place in it. */
interface KeyList {
  readonly by: readonly FieldRef[]
  readonly after: number
  readonly at: number
}

/** Where the text names that part of the key: once before the steps, or at every step. */
const keyLists = (body: Joined, part: number): readonly KeyList[] => {
  if (part < body.by.length) return [{ by: body.by, after: body.from, at: part }]
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  return [...body.steps, ...until].map(({ by, query }) => ({
    by,
    after: query.to,
    at: part - body.by.length,
  }))
}

const dropKey = (text: string, { by, after, at }: KeyList): TextEdit | undefined => {
  const item = removeItem(by, at)
  const only = by[at]
  if (item || !only) return item
  const word = /\s+by\s+$/i.exec(text.slice(after, only.from))
  return word ? { from: after + word.index, to: only.to, insert: '' } : undefined
}

/** Fields in which all events of the near miss have a value in common. */
const agreeing = ({ wanted, fieldsOf, valuesOf }: RepairScene): readonly string[] => {
  const [first, ...others] = wanted
  if (first === undefined) return []
  return fieldsOf(first).filter((field) => {
    const values = new Set(valuesOf(field, first).map(String))
    return others.every((row) =>
      valuesOf(field, row).some((value) => values.has(String(value))),
    )
  })
}
