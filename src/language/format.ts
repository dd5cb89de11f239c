import type { SyntaxNode } from '@lezer/common'
import { readComments, type TokenComments } from './comments'
import type { QuickFix } from './diagnostics'
import { group, indent, line, printLayout, softLine, type Layout } from './layout'
import { parseQuery } from './parse'
import { partsOf, textOf } from './read-tree'
import { findTrouble, isTree } from './syntax-trouble'
import { scanTokens, type Token } from './tokens'

/** Longer lines are broken, where there is a place for it. */
const MAX_COLUMNS = 100

/**
 * A query in the one layout that rules are written in: each step on a line of its own,
 * what is too long broken behind its connectives or one item a line. Words, strings,
 * parentheses and comments stay as they are, and so does the tree; formatting twice
 * changes nothing more. A text that is no query comes back untouched.
 */
export function formatQuery(text: string): string {
  if (!parseQuery(text).query) return text
  const tokens = scanTokens(text)
  const tree = findTrouble(text, 'Query', tokens)
  if (!isTree(tree)) return text
  const comments = readComments(text, tokens)
  return printLayout(layOut({ text, comments }, tree.topNode), MAX_COLUMNS)
}

/**
 * The same as edits that leave all words in place, so that an editor keeps its selection;
 * none for a text that is in order or no query.
 */
export function formatEdits(text: string): QuickFix['edits'] {
  const formatted = formatQuery(text)
  if (formatted === text) return []
  const tokens = scanTokens(text)
  const gaps = gapsOf(formatted, scanTokens(formatted))
  return gapsOf(text, tokens).flatMap((gap, i) => {
    const { from: to } = tokens[i]!
    return gap === gaps[i] ? [] : [{ from: to - gap.length, to, insert: gaps[i]! }]
  })
}

/** What stands before each token. */
const gapsOf = (text: string, tokens: readonly Token[]): readonly string[] =>
  tokens.map(({ from }, i) => text.slice(tokens[i - 1]?.to ?? 0, from))

interface Source {
  readonly text: string
  readonly comments: ReadonlyMap<number, TokenComments>
}

type LayOut = (source: Source, node: SyntaxNode) => Layout

const layouts: Readonly<Record<string, LayOut>> = {
  Query: layOutQuery,
  EventQuery: layOutEventQuery,
  Sequence: layOutSteps,
  Sample: layOutSteps,
  With: layOutWords,
  JoinKeys: layOutKeys,
  Step: layOutStep,
  Until: layOutStep,
  Missing: layOutStep,
  Pipe: layOutWords,
  Or: (source, node) => group(indent(layOutChain(source, node))),
  And: (source, node) => group(indent(layOutChain(source, node))),
  Not: layOutWords,
  Compare: layOutTest,
  Arithmetic: (source, node) => group(indent(layOutChain(source, node))),
  In: layOutWords,
  Match: layOutTest,
  InList: layOutBrackets,
  PatternList: layOutBrackets,
  Arguments: layOutBrackets,
  Paren: layOutBrackets,
  Runs: (source, node) => {
    const [word, ...option] = layOutParts(source, node)
    return [word!, ' ', option]
  },
}

/** What has no layout of its own is written without blanks: `a.b`, `f(…)`, `-a`, `5m`. */
function layOut(source: Source, node: SyntaxNode): Layout {
  if (!node.firstChild) return layOutToken(source, node)
  const own = layouts[node.name]
  return own ? own(source, node) : layOutParts(source, node)
}

const layOutParts = (source: Source, node: SyntaxNode): readonly Layout[] =>
  partsOf(node).map((part) => layOut(source, part))

function layOutToken({ text, comments }: Source, node: SyntaxNode): Layout {
  const word = textOf(text, node)
  const around = comments.get(node.from)
  if (!around) return word
  const own = (text: string): Layout => ({ kind: 'comment', text, place: 'own' })
  const onLine = (text: string, place: 'inline' | 'after'): Layout =>
    text ? { kind: 'comment', text, place } : ''
  return [
    around.above.map(own),
    onLine(around.before, 'inline'),
    word,
    onLine(around.behind, 'inline'),
    onLine(around.after, 'after'),
    around.below.map(own),
  ]
}

const isComma = ({ name }: SyntaxNode): boolean => name === ','

/** One blank between words, none before a comma. */
function layOutWords(source: Source, node: SyntaxNode): Layout {
  return partsOf(node).map((part, i) => [
    i === 0 || isComma(part) ? '' : ' ',
    layOut(source, part),
  ])
}

function layOutQuery(source: Source, node: SyntaxNode): Layout {
  const [body, ...pipes] = layOutParts(source, node)
  return [body!, pipes.map((pipe) => [line, pipe])]
}

function layOutEventQuery(source: Source, node: SyntaxNode): Layout {
  const [category, where, condition] = layOutParts(source, node)
  return [category!, ' ', where!, ' ', condition!]
}

/** The head on one line, each step below it, `until` in line with the head. */
function layOutSteps(source: Source, node: SyntaxNode): Layout {
  return partsOf(node).map((part, i) => {
    const laidOut = layOut(source, part)
    if (part.name === 'Step') return indent([line, laidOut])
    if (part.name === 'until') return [line, laidOut]
    return [i === 0 ? '' : ' ', laidOut]
  })
}

function layOutKeys(source: Source, node: SyntaxNode): Layout {
  const [by, ...keys] = partsOf(node)
  return [layOut(source, by!), ' ', group(indent(indent(layOutList(source, keys))))]
}

function layOutList(source: Source, nodes: readonly SyntaxNode[]): Layout {
  return nodes.map((node) => [layOut(source, node), isComma(node) ? line : ''])
}

/** `[…]` with what follows it; a condition of more lines is indented once more. */
function layOutStep(source: Source, node: SyntaxNode): Layout {
  return partsOf(node).map((part) => {
    const isOption = part.name === 'JoinKeys' || part.name === 'Runs'
    return [isOption ? ' ' : '', layOut(source, part)]
  })
}

/** A long text goes on a line of its own, behind the operator. */
function layOutTest(source: Source, node: SyntaxNode): Layout {
  const [left, operator, right] = partsOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode]
  const isText = right.name.endsWith('String') && !source.comments.has(right.from)
  if (!isText) return layOutWords(source, node)
  const text = group(indent([line, layOut(source, right)]))
  return [layOut(source, left), ' ', layOut(source, operator), text]
}

/** Lines end behind the connective or the operator. */
function layOutChain(source: Source, node: SyntaxNode): Layout {
  return partsOf(node).map((part, i) =>
    i % 2 === 0 ? layOut(source, part) : [' ', layOut(source, part), line],
  )
}

/** A chain alone in parentheses is broken together with them. */
function layOutBrackets(source: Source, node: SyntaxNode): Layout {
  const parts = partsOf(node)
  const inner = parts.slice(1, -1)
  const isChain = node.name === 'Paren' && /^(Or|And)$/.test(inner[0]!.name)
  return group([
    layOut(source, parts[0]!),
    indent([
      softLine,
      isChain ? layOutChain(source, inner[0]!) : layOutList(source, inner),
    ]),
    softLine,
    layOut(source, parts.at(-1)!),
  ])
}
