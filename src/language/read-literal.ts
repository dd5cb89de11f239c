import type { SyntaxNode } from '@lezer/common'
import type { Literal } from './ast'
import {
  readNumber,
  readRawString,
  readString,
  type Constant,
  type UnicodeProblem,
} from './literals'
import { builderError, describe } from './problem'
import { note, spanOf, textOf, type Reading } from './read-tree'
import { describeOldString } from './token-advice'
import { serverText } from './server-text'

/** Reads a String, RawString, OldString, Number, Boolean or Null node. */
export function readLiteral(reading: Reading, node: SyntaxNode): Literal {
  const { type, value } = readConstant(reading, node)
  return { kind: 'literal', from: node.from, to: node.to, type, value }
}

function readConstant(reading: Reading, node: SyntaxNode): Constant {
  const token = textOf(reading.text, node)
  switch (node.name) {
    case 'Number':
      return readNumber(token) ?? refuseNumber(reading, node, token)
    case 'Boolean':
      return { type: 'boolean', value: token === 'true' }
    case 'Null':
      return { type: 'null', value: null }
    default:
      return { type: 'string', value: readText(reading, node) }
  }
}

/** The value of any of the string nodes. */
export function readText(reading: Reading, node: SyntaxNode): string {
  const token = textOf(reading.text, node)
  if (node.name === 'RawString') return readRawString(token)
  if (node.name === 'OldString') return refuseOldString(reading, node, token)
  const { value, problem } = readString(token)
  if (problem) refuseUnicode(reading, node, problem)
  return value
}

function refuseNumber(reading: Reading, node: SyntaxNode, token: string): Constant {
  note(reading, () => ({
    ...describe(node, 'number-too-large', token),
    elastic: builderError(reading.text, node.from, serverText.numberTooLarge(token)),
  }))
  return { type: 'double', value: 0 }
}

function refuseOldString(reading: Reading, node: SyntaxNode, token: string): string {
  const message = token.startsWith('?')
    ? serverText.oldRawString(token.slice(0, 2))
    : serverText.singleQuotes
  note(reading, () => ({
    ...describeOldString({ ...spanOf(node), text: token }),
    elastic: builderError(reading.text, node.from, message),
  }))
  return token
}

function refuseUnicode(
  reading: Reading,
  node: SyntaxNode,
  { kind, from, digits }: UnicodeProblem,
) {
  const start = node.from + from
  const span = { from: start, to: start + digits.length + 4 }
  const [diagnostic, message] = {
    digits: [describe(span, 'unicode-digits', digits), serverText.unicodeDigits(digits)],
    range: [describe(span, 'unicode-range', digits), serverText.unicodeRange(digits)],
    surrogate: [
      describe(span, 'unicode-surrogate', digits),
      serverText.unicodeSurrogate(digits),
    ],
  }[kind] as [ReturnType<typeof describe>, string]
  note(reading, () => ({
    ...diagnostic,
    elastic: builderError(reading.text, node.from, message),
  }))
}
