import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import type { FieldInfo } from '../worker/api'
import { functionCompletions } from './function-help'
import { printField, type Lookup } from './lookup'

/** So many values of a field are offered. */
const VALUES = 100

const keyword = (label: string, detail: string): Completion => ({
  label,
  detail,
  type: 'keyword',
})

const AT_START = [
  keyword('sequence', 'events in order'),
  keyword('sample', 'events in any order'),
]
const BEFORE_STEPS = [
  keyword('by', 'join keys'),
  keyword('with', 'maxspan or runs'),
  keyword('until', 'ends pending sequences'),
]
const IN_CONDITION = [
  keyword('and', ''),
  keyword('or', ''),
  keyword('not', ''),
  keyword('in', 'any of a list'),
  keyword('in~', 'any of a list, any case'),
  keyword('like', 'wildcards'),
  keyword('like~', 'wildcards, any case'),
  keyword('regex', 'regular expression'),
  keyword('regex~', 'regular expression, any case'),
  keyword('true', ''),
  keyword('false', ''),
  keyword('null', 'absent'),
]
const AFTER_WITH = [
  { ...keyword('maxspan', 'longest time'), apply: 'maxspan=' },
  { ...keyword('runs', 'repeats of the step'), apply: 'runs=' },
]
const AFTER_PIPE = [keyword('head', 'the first n'), keyword('tail', 'the last n')]

/** Fields, values from the loaded events, functions and keywords, where they may stand. */
export const completion = (lookup: Lookup): Extension =>
  autocompletion({
    override: [(context) => complete(context, lookup)],
    icons: false,
    maxRenderedOptions: 60,
  })

/** The offers at a place, or null for none. */
export async function complete(
  context: CompletionContext,
  lookup: Lookup,
): Promise<CompletionResult | null> {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1)
  if (node.name.endsWith('Comment')) return null
  const line = context.state.doc.lineAt(context.pos)
  if (isInString(line.text.slice(0, context.pos - line.from)))
    return completeValue(context, lookup)
  const word = context.matchBefore(/[\w@.`]*~?/)
  if (!word || (word.from === word.to && !context.explicit)) return null
  if (/^\d/.test(word.text)) return null
  const options = await optionsAt(context.state, word.from, node, lookup)
  if (!context.explicit && isFinished(word.text, options)) return null
  const validFor = (typed: string): boolean =>
    /^[\w@.`]*~?$/.test(typed) && !isFinished(typed, options)
  return { from: word.from, options, validFor }
}

/** Whether a word is one of those on offer, and none of them goes on from it. */
const isFinished = (word: string, options: readonly Completion[]): boolean =>
  options.some(({ label }) => label === word) &&
  !options.some(({ label }) => label !== word && label.startsWith(word))

async function optionsAt(
  state: EditorState,
  from: number,
  node: SyntaxNode,
  lookup: Lookup,
): Promise<readonly Completion[]> {
  const before = state.sliceDoc(Math.max(0, from - 400), from).trimEnd()
  if (before === '') return [...AT_START, ...(await categories(lookup))]
  if (before.endsWith('|')) return AFTER_PIPE
  if (before.endsWith('[')) return categories(lookup)
  if (/\bwith$/.test(before)) return AFTER_WITH
  if (isAfterBy(before)) return fieldCompletions(await lookup.fields())
  if (!isInCondition(node)) return BEFORE_STEPS
  const fields = fieldCompletions(await lookup.fields())
  return [...fields, ...functionCompletions, ...IN_CONDITION]
}

const isAfterBy = (before: string): boolean =>
  /\bby\s*$|\bby\s+(?:\??[\w@.`]+\s*,\s*)+$/.test(`${before} `)

function isInCondition(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'EventQuery') return true
    if (at.name === 'Step' || at.name === 'Until') return at.firstChild?.name === '['
  }
  return false
}

async function categories(lookup: Lookup): Promise<readonly Completion[]> {
  const names = await lookup.values('event.category', '', 20)
  return [...names, 'any'].map((name) => ({
    label: name,
    detail: name === 'any' ? 'every category' : 'category',
    type: 'type',
    apply: `${/^\w+$/.test(name) ? name : JSON.stringify(name)} where `,
  }))
}

const fieldCompletions = (fields: readonly FieldInfo[]): Completion[] =>
  fields.map((field) => ({
    label: field.name,
    detail: printField(field),
    type: 'property',
    boost: field.events > 0 ? 20 : 0,
  }))

/** Inside `field == "…` the values that field has, most frequent first. */
async function completeValue(
  context: CompletionContext,
  lookup: Lookup,
): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(Math.max(0, context.pos - LOOK_BACK), context.pos)
  const [, field, typed] = OPEN_STRING.exec(before) ?? []
  if (field === undefined || typed === undefined) return null
  const values = await lookup.values(field.replaceAll('`', ''), unescape(typed), VALUES)
  return {
    from: context.pos - typed.length,
    options: values.map((value, place) => ({
      label: value,
      apply: escape(value),
      type: 'text',
      boost: 99 - place,
    })),
    filter: false,
  }
}

/** How far before the caret the field of a list of values is looked for, characters. */
const LOOK_BACK = 2000
/** `field == "typed`, `field : ("a", "typed`, and so on, up to the caret. */
const OPEN_STRING =
  /([\w@.`]+)\s*(?:[=!]=|[<>]=?|:|\b(?:like|regex|in)~?)\s*(?:\(\s*(?:"(?:[^"\\\n]|\\.)*"\s*,\s*)*)?"((?:[^"\\\n]|\\.)*)$/

/** Strings end with their line, so the quotes before the caret tell. */
const isInString = (before: string): boolean =>
  (before.replace(/\\./g, '').split('"').length - 1) % 2 === 1

const escape = (value: string): string => JSON.stringify(value).slice(1, -1)
const unescape = (typed: string): string => typed.replace(/\\(.)/g, '$1')
