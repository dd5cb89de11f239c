import type { Scalar } from '../events/column'
import type { ShownValue } from './truth-tree-values'
import type { EmptyField, NullReason } from './truth-tree-null'

/** Why a node is null, in one sentence. */
export function printNullReason(reason: NullReason): string {
  switch (reason.code) {
    case 'no-value': {
      const told = capitalized(reason.fields)
      return reason.within === undefined
        ? `${told}.`
        : `${told}, so \`${oneLine(reason.within)}\` is null.`
    }
    case 'unmapped':
      return reason.fields.length === 1
        ? `?${reason.fields[0]} is mapped nowhere, so it is null everywhere, and this null stays null under not.`
        : `${reason.fields.map((name) => `?${name}`).join(' and ')} are mapped nowhere, so they are null everywhere, and this null stays null under not.`
    case 'literal':
      return 'Nothing but == and != can be asked of null; all else is null itself.'
    case 'not-found':
      return `\`${oneLine(reason.within)}\` finds nothing, and then it is null, not -1.`
    case 'incomparable':
      return 'Values of different types cannot be compared; the comparison is null.'
    case 'failed':
      return 'It cannot be computed from the values of this event.'
    case 'operand':
      return 'A part of it is null before any event is looked at, which makes the whole null.'
  }
}

/** What would let in or keep out the events that are null for this reason. */
export function printNullRemedy(reason: NullReason, way: 'in' | 'out'): string {
  if (reason.code !== 'no-value') return ''
  const name = reason.fields[0]?.name ?? ''
  return way === 'in'
    ? `\`or ${name} == null\` beside it would let such events in.`
    : `\`and ${name} != null\` beside it would keep such events out.`
}

/** A field name at the beginning stays as it is. */
function capitalized(fields: readonly EmptyField[]): string {
  const told = fields.map(printEmpty).join(', and ')
  return fields[0]?.how === 'absent' ? told.replace('this', 'This') : told
}

function printEmpty({ name, how, value, type }: EmptyField): string {
  switch (how) {
    case 'absent':
      return `this event has no ${name}`
    case 'null':
      return `${name} is null in this event`
    case 'unreadable':
      return `${name} holds ${printScalar(value)}, which is no ${type} and counts as absent`
  }
}

/** A value beside its leaf: `“cmd.exe”`, `2nd of 3: “/c”`, `absent`. */
export const printShownValue = ({ value, element }: ShownValue): string =>
  element
    ? `${ordinal(element.index + 1)} of ${element.of}: ${printScalar(value)}`
    : printScalar(value)

const LONGEST = 120

/** Texts in quotes, and cut with a word on it when long; numbers are never cut. */
export function printScalar(value: Scalar | undefined): string {
  if (value === undefined) return 'absent'
  if (typeof value !== 'string') return String(value)
  const points = [...value]
  if (points.length <= LONGEST) return `“${oneLine(value)}”`
  const [head, tail] = [points.slice(0, LONGEST / 2), points.slice(-LONGEST / 4)]
  return `“${oneLine(head.join(''))} … ${oneLine(tail.join(''))}” (cut; ${points.length.toLocaleString('en')} characters)`
}

const visible: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Line ends and other control characters as what would be typed for them. */
const oneLine = (text: string): string =>
  text.replace(
    /\p{Cc}/gu,
    (sign) => visible[sign] ?? `\\u{${sign.charCodeAt(0).toString(16).padStart(2, '0')}}`,
  )

const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }
const rules = new Intl.PluralRules('en', { type: 'ordinal' })

const ordinal = (count: number): string =>
  `${count}${endings[rules.select(count)] ?? 'th'}`
