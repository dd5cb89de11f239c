import type { Call, Compare, Expression, In, Match } from '../language/ast'
import { fieldsIn } from '../language/walk'
import { joinWords, MOST, quote, tellList, type Told } from './in-words-list-wording'
import { anyCase, tellValue } from './in-words-value-wording'

/** A verb as it is said of what fits, and of what does not. */
interface Verb {
  readonly does: string
  readonly doesNot: string
}

const verbs = {
  is: { does: 'is', doesNot: 'is not' },
  isNone: { does: 'is any of', doesNot: 'is none of' },
  isnt: { does: 'is not', doesNot: 'is' },
  starts: { does: 'starts with', doesNot: 'does not start with' },
  ends: { does: 'ends with', doesNot: 'does not end with' },
  contains: { does: 'contains', doesNot: 'does not contain' },
  fits: { does: 'fits', doesNot: 'does not fit' },
  lies: { does: 'lies in', doesNot: 'does not lie in' },
  matches: {
    does: 'as a whole matches the regular expression',
    doesNot: 'does not as a whole match the regular expression',
  },
} as const satisfies Readonly<Record<string, Verb>>

/**
 * A smallest boolean part of a condition as a clause of a sentence, or its opposite.
 * What it says of absent fields is that of language.md 3.3.
 */
export function tellClause(node: Expression, holds: boolean): Told {
  switch (node.kind) {
    case 'compare':
      return tellCompare(node, holds)
    case 'in':
      return tellIn(node, holds)
    case 'match':
      return tellMatch(node, holds)
    case 'call':
      return tellTest(node, holds)
    case 'field':
      return tellBoolean(node, holds)
    case 'literal':
      return { text: node.value === holds ? 'always' : 'never' }
    default:
      return tellBoolean(node, holds)
  }
}

const tellBoolean = (node: Expression, holds: boolean): Told =>
  tellVerb(node, 'is', { text: 'true' }, holds)

/** Fields of which ECS says that they hold lists. */
const lists =
  /(^|\.)(args|env_vars|attributes|roles)$|^tags$|^host\.(ip|mac)$|^related\.|^dns\.resolved_ip$/

const isList = (node: Expression): boolean =>
  node.kind === 'field' && lists.test(node.name)

/** `process.name is not X (or absent)`, `none of process.args is X (or …)`. */
function tellVerb(
  subject: Expression,
  verb: keyof typeof verbs,
  object: Told,
  holds: boolean,
  mark = '',
  asked: readonly Expression[] = [subject],
): Told {
  const { does, doesNot } = verbs[verb]
  const name = tellValue(subject)
  const said = isList(subject)
    ? `${holds ? 'one' : 'none'} of ${name} ${does}`
    : `${name} ${holds ? does : doesNot}`
  const text = `${said} ${object.text}${brackets(mark, holds ? '' : absence(asked))}`
  return { ...object, text }
}

/** What is said in brackets behind a clause: that case does not matter, that null fits. */
const brackets = (...notes: readonly (string | undefined)[]): string => {
  const said = notes.filter((note) => note !== undefined && note !== '')
  return said.length > 0 ? ` (${said.join('; ')})` : ''
}

/** A negation is true of events that have nothing to ask about. */
function absence(asked: readonly Expression[]): string {
  const [only] = asked
  if (asked.length === 1 && only?.kind === 'field') return 'or absent'
  const none = asked.some(hasSearch) ? ['it is not found'] : []
  return [...none, ...absent(asked)].map((told) => `or ${told}`).join(', ')
}

const absent = (asked: readonly Expression[]): readonly string[] => {
  const names = [...new Set(asked.flatMap(fieldsIn).map(({ name }) => name))]
  return names.length > 0 ? [`${joinWords(names, 'or')} is absent`] : []
}

const hasSearch = (node: Expression): boolean =>
  node.kind === 'call' && node.name.toLowerCase() === 'indexof'

const orders: Readonly<
  Record<'<' | '<=' | '>' | '>=', { readonly number: Verb; readonly text: Verb }>
> = {
  '<': {
    number: { does: 'is less than', doesNot: 'is not less than' },
    text: { does: 'comes before', doesNot: 'does not come before' },
  },
  '<=': {
    number: { does: 'is at most', doesNot: 'is not at most' },
    text: { does: 'is or comes before', doesNot: 'neither is nor comes before' },
  },
  '>': {
    number: { does: 'is greater than', doesNot: 'is not greater than' },
    text: { does: 'comes after', doesNot: 'does not come after' },
  },
  '>=': {
    number: { does: 'is at least', doesNot: 'is not at least' },
    text: { does: 'is or comes after', doesNot: 'neither is nor comes after' },
  },
}

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

const isNull = (node: Expression): boolean =>
  node.kind === 'literal' && node.value === null

/** The side that is no constant goes first. */
function tellCompare({ op, left, right }: Compare, holds: boolean): Told {
  const isTurned = left.kind === 'literal' && right.kind !== 'literal'
  const [subject, object] = isTurned ? [right, left] : [left, right]
  if (op === '==' || op === '!=') {
    const isEqual = holds === (op === '==')
    if (isNull(object)) return tellNull(subject, isEqual)
    return tellEqual(subject, object, isEqual)
  }
  if (isNull(object)) return tellNever(subject)
  const isText = object.kind === 'literal' && typeof object.value === 'string'
  const order = orders[isTurned ? mirrored[op] : op]
  const verb = isText ? order.text : order.number
  const said = `${tellValue(subject)} ${holds ? verb.does : verb.doesNot} ${tellValue(object)}`
  return { text: said + brackets(holds ? '' : absence(notLiteral(subject, object))) }
}

/** `(a : "x") == false` is the opposite of its inside. */
function tellEqual(subject: Expression, object: Expression, isEqual: boolean): Told {
  const isClause = !['field', 'literal', 'arithmetic', 'negate'].includes(subject.kind)
  if (isClause && object.kind === 'literal' && typeof object.value === 'boolean')
    return tellClause(subject, isEqual === object.value)
  return object.kind === 'literal'
    ? tellVerb(subject, 'is', { text: tellValue(object) }, isEqual)
    : {
        text: `${tellValue(subject)} ${isEqual ? 'is' : 'is not'} ${tellValue(object)}${brackets(isEqual ? '' : absence(notLiteral(subject, object)))}`,
      }
}

const notLiteral = (...nodes: readonly Expression[]): readonly Expression[] =>
  nodes.filter(({ kind }) => kind !== 'literal')

function tellNull(subject: Expression, isEqual: boolean): Told {
  if (subject.kind === 'field')
    return { text: `${subject.name} is ${isEqual ? 'absent' : 'present'}` }
  if (subject.kind !== 'call' || subject.name.toLowerCase() !== 'indexof')
    return { text: `${tellValue(subject)} has ${isEqual ? 'no' : 'a'} value` }
  const [source, part] = subject.args
  const [where, what] = [source, part].map((node) => (node ? tellValue(node) : ''))
  const mark = subject.caseInsensitive ? anyCase : ''
  if (!isEqual) return { text: `${what} is found in ${where}${brackets(mark)}` }
  const orAbsent = absent(subject.args).map((told) => `or ${told}`)
  return { text: `${what} is not found in ${where}${brackets(mark, ...orAbsent)}` }
}

const tellNever = (subject: Expression): Told => ({
  text: `${tellValue(subject)} is compared with null, which never holds, nor does its opposite`,
})

function tellIn({ operand, items, caseInsensitive }: In, holds: boolean): Told {
  const asked = items.filter((item) => !isNull(item))
  if (asked.length === 0) return tellNever(operand)
  const mark = caseInsensitive ? markFor(asked) : ''
  return tellGroup(operand, 'is', asked.map(tellValue), holds, mark)
}

/** `is “a”, “b” or 3 more`, `is none of “a” and “b”`, `does not end with “a” or “b”`. */
function tellGroup(
  subject: Expression,
  verb: keyof typeof verbs,
  items: readonly string[],
  holds: boolean,
  mark: string,
): Told {
  const isNone = verb === 'is' && !holds && items.length > 1 && !isList(subject)
  const list = tellList(items, isNone ? 'and' : 'or')
  return tellVerb(subject, isNone ? 'isNone' : verb, list, holds, mark)
}

/** Case is nothing to speak of where there are no letters. */
const markFor = (nodes: readonly Expression[]): string =>
  nodes.some((node) => node.kind !== 'literal' || /\p{L}/u.test(String(node.value)))
    ? anyCase
    : ''

interface Shape {
  readonly verb: 'is' | 'isnt' | 'starts' | 'ends' | 'contains' | 'fits' | 'matches'
  readonly text: string
}

/** What a pattern asks for; with wildcards elsewhere than at its ends, it is shown. */
function shapeOf(pattern: string, op: Match['op']): Shape {
  if (op.startsWith('regex')) return { verb: 'matches', text: quote(pattern) }
  if (/^(\?\*+|\*+\?)$/.test(pattern)) return { verb: 'isnt', text: 'empty' }
  const [, before = '', bare = '', after = ''] = /^(\**)(.*?)(\**)$/s.exec(pattern) ?? []
  const isOpen = bare !== ''
  if (isOpen && !/[*?]/.test(bare)) {
    const verb = before ? (after ? 'contains' : 'ends') : after ? 'starts' : 'is'
    return { verb, text: quote(bare) }
  }
  return { verb: pattern === '' ? 'is' : 'fits', text: quote(pattern) }
}

function tellMatch({ op, operand, patterns }: Match, holds: boolean): Told {
  const asked = patterns.filter((pattern) => !isNull(pattern))
  if (asked.length === 0) return tellNever(operand)
  const texts = asked.map(({ value }) => String(value))
  const mark = op === 'like' || op === 'regex' ? '' : markFor(asked)
  const [only = ''] = texts
  if (texts.length === 1 && /^\*+$/.test(only) && !op.startsWith('regex'))
    return tellNull(operand, !holds)
  const shapes = texts.map((text) => shapeOf(text, op))
  const kinds = new Set(shapes.map(({ verb }) => verb))
  const [verb] = kinds
  if (verb && kinds.size === 1) {
    const all = shapes.map(({ text }) => text)
    return { ...tellGroup(operand, verb, all, holds, mark), ...fullList(texts) }
  }
  return tellShapes(operand, shapes, texts, holds, mark)
}

const fullList = (texts: readonly string[]): Pick<Told, 'list'> =>
  texts.length > MOST ? { list: texts } : {}

/** Patterns of several kinds: `starts with “a” or “b”, or is “c”`. */
function tellShapes(
  subject: Expression,
  shapes: readonly Shape[],
  texts: readonly string[],
  holds: boolean,
  mark: string,
): Told {
  const shown = shapes.length > MOST ? shapes.slice(0, MOST - 1) : shapes
  const rest = shapes.length - shown.length
  const groups = new Map<Shape['verb'], string[]>()
  for (const { verb, text } of shown)
    groups.set(verb, [...(groups.get(verb) ?? []), text])
  const said = [...groups].map(
    ([verb, some]) => `${verbs[verb].does} ${joinWords(some, 'or')}`,
  )
  if (rest > 0) said.push(`fits one of ${rest.toLocaleString('en')} more patterns`)
  return { text: tellAny(subject, said, holds, mark), ...fullList(texts) }
}

function tellAny(
  subject: Expression,
  said: readonly string[],
  holds: boolean,
  mark: string,
): string {
  const name = tellValue(subject)
  const after = brackets(mark, holds ? '' : absence([subject]))
  if (isList(subject))
    return `${holds ? 'one' : 'none'} of ${name} ${said.join(', or ')}${after}`
  return holds
    ? `${name} ${said.join(', or ')}${after}`
    : `${name} neither ${said.join(' nor ')}${after}`
}

const tests = {
  startswith: 'starts',
  endswith: 'ends',
  stringcontains: 'contains',
} as const

function tellTest(node: Call, holds: boolean): Told {
  const [subject, ...others] = node.args
  const name = node.name.toLowerCase()
  if (!subject) return { text: tellValue(node) }
  if ([subject, ...others].some(isNull)) return tellNever(subject)
  if (name === 'cidrmatch') {
    const list = tellList(others.map(tellValue), 'or')
    return tellVerb(subject, 'lies', list, holds)
  }
  const [sought] = others
  if (!(name in tests) || !sought) return tellBoolean(node, holds)
  const verb = tests[name as keyof typeof tests]
  const mark = node.caseInsensitive ? markFor([sought]) : ''
  const object = { text: tellValue(sought) }
  return tellVerb(subject, verb, object, holds, mark, notLiteral(subject, sought))
}
