import type { Arithmetic, Call, Expression } from '../language/ast'
import { printExpression } from '../language/print'
import { joinWords, quote } from './in-words-list-wording'

/** An expression that is no clause, as what it is: `the length of process.name`. */
export function tellValue(node: Expression): string {
  switch (node.kind) {
    case 'field':
      return node.name
    case 'literal':
      return typeof node.value === 'string' ? quote(node.value) : String(node.value)
    case 'call':
      return tellCall(node)
    case 'arithmetic':
      return computed[node.op](tellOperand(node.left), tellOperand(node.right))
    case 'negate':
      return `minus ${tellOperand(node.operand)}`
    default:
      return `the answer to \`${printExpression(node)}\``
  }
}

const arithmetic: Readonly<Record<string, Arithmetic['op']>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
}

const computed: Readonly<Record<Arithmetic['op'], (a: string, b: string) => string>> = {
  '+': (a, b) => `${a} plus ${b}`,
  '-': (a, b) => `${a} minus ${b}`,
  '*': (a, b) => `${a} times ${b}`,
  '/': (a, b) => `${a} divided by ${b}`,
  '%': (a, b) => `the remainder of ${a} divided by ${b}`,
}

/** In brackets if it is itself computed. */
function tellOperand(node: Expression): string {
  const text = tellValue(node)
  const isComputed =
    node.kind === 'arithmetic' ||
    node.kind === 'negate' ||
    (node.kind === 'call' && node.name.toLowerCase() in arithmetic)
  return isComputed ? `(${text})` : text
}

/** The functions that give a value; those that give true or false are clauses. */
const values: Readonly<Record<string, (args: readonly Expression[]) => string>> = {
  between: ([source, left, right, greedy]) =>
    greedy?.kind === 'literal' && greedy.value === true
      ? `the text between the first ${arg(left)} and the last ${arg(right)} in ${arg(source)}`
      : `the text between the first ${arg(left)} and the next ${arg(right)} in ${arg(source)}` +
        (greedy ? ` (the last, if ${arg(greedy)} is true)` : ''),
  concat: (parts) =>
    parts.length === 1
      ? `the text of ${arg(parts[0])}`
      : `the joined text of ${joinWords(parts.map(arg), 'and')}`,
  indexof: ([source, part, start]) =>
    `the position of ${arg(part)} in ${arg(source)}${start ? `, from ${arg(start)} on` : ''}`,
  length: ([source]) => `the length of ${arg(source)}`,
  number: ([text, base]) =>
    `${arg(text)} read as a number${base ? ` of base ${arg(base)}` : ''}`,
  string: ([value]) => `${arg(value)} as text`,
  substring: tellSubstring,
}

const arg = (node: Expression | undefined): string =>
  node ? tellOperand(node) : 'nothing'

function tellSubstring([source, start, end]: readonly Expression[]): string {
  const [from, to] = [wholeOf(start), wholeOf(end)]
  if (from === 0 && to !== undefined && to > 0)
    return `the ${to}-character beginning of ${arg(source)}`
  if (from !== undefined && from < 0 && !end)
    return `the ${-from}-character ending of ${arg(source)}`
  const until = end ? ` up to, not including, position ${arg(end)}` : ' on'
  return `the part of ${arg(source)} from position ${arg(start)}${until}`
}

const wholeOf = (node: Expression | undefined): number | undefined =>
  node?.kind === 'literal' && typeof node.value === 'number' ? node.value : undefined

function tellCall(node: Call): string {
  const name = node.name.toLowerCase()
  const op = arithmetic[name]
  const [left, right] = node.args
  if (op && left && right) return computed[op](tellOperand(left), tellOperand(right))
  const value = values[name]
  if (!value) return `the answer to \`${printExpression(node)}\``
  return value(node.args) + (node.caseInsensitive ? ` (${anyCase})` : '')
}

/** Said of what is compared without regard to case. */
export const anyCase = 'any case'
