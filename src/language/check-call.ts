import type { Call, Expression } from './ast'
import { checkExact } from './check-field'
import { argumentName, nameOf, refuse, wrongTypeText, type Checking } from './checking'
import {
  arityOf,
  findSignature,
  parameterAt,
  signatures,
  type ArgumentType,
  type Parameter,
  type Signature,
} from './functions'
import { builderError, describe, replaceFix } from './problem'
import { didYouMean } from './server-text'
import { findSimilar } from './similar'
import { isConstant, typeOf } from './type-of'
import { isInteger, isNumeric, isString, type ValueType } from './value-types'

/** The signature of a function that is known and called as it may be (language.md 4.1). */
export function checkCall(checking: Checking, node: Call): Signature | undefined {
  const signature = findSignature(node.name)
  if (!signature) refuseUnknown(checking, node)
  else if (checkTilde(checking, node, signature) && checkArity(checking, node, signature))
    return signature
  return undefined
}

/** Whether all arguments have the types they must have. */
export const checkArguments = (
  checking: Checking,
  node: Call,
  signature: Signature,
): boolean =>
  node.args.every((arg, index) => checkArgument(checking, node, arg, index, signature))

function refuseUnknown(checking: Checking, node: Call): false {
  const names = signatures.map(({ name }) => name.toLowerCase())
  const similar = findSimilar(node.name.toLowerCase(), names)
  const usual = similar.map((name) => findSignature(name)!.name)
  const span = { from: node.nameSpan.from, to: node.nameSpan.from + node.name.length }
  return refuse(
    checking,
    node,
    {
      ...describe(node.nameSpan, 'unknown-function', node.name, usual),
      fixes: usual.slice(0, 3).map((name) => replaceFix(`Use ${name}`, span, name)),
    },
    `Unknown function [${node.name}]${didYouMean(similar)}`,
  )
}

function checkTilde(checking: Checking, node: Call, { name, hasTilde }: Signature) {
  if (!node.caseInsensitive || hasTilde) return true
  const tilde = { from: node.nameSpan.to - 1, to: node.nameSpan.to }
  checking.problems.push({
    ...describe(node.nameSpan, 'no-tilde', name),
    elastic: builderError(
      checking.text,
      node.from,
      `Function [CASE_INSENSITIVE] does not support case-(in)sensitivity ${node.name}()`,
    ),
    fixes: [replaceFix('Remove the ~', tilde, '')],
  })
  return false
}

function checkArity(checking: Checking, node: Call, signature: Signature): boolean {
  const [least, most] = arityOf(signature)
  const found = node.args.length
  if (found >= least && found <= (most ?? Infinity)) return true
  const allowed = printArity(least, most)
  checking.problems.push({
    ...describe(node, 'argument-count', signature.name, allowed, found),
    elastic: builderError(
      checking.text,
      node.from,
      `error building [${signature.name.toLowerCase()}]: expects ${allowed}`,
    ),
  })
  return false
}

const COUNTS = ['no', 'one', 'two', 'three', 'four']

function printArity(least: number, most: number | undefined): string {
  const [low, high] = [COUNTS[least], COUNTS[most ?? least]]
  const noun = (count: number) => (count === 1 ? 'argument' : 'arguments')
  if (most === undefined) return `at least ${low} ${noun(least)}`
  return least === most ? `exactly ${low} ${noun(least)}` : `${low} or ${high} arguments`
}

const accepts: Readonly<Record<ArgumentType, (type: ValueType) => boolean>> = {
  string: isString,
  integer: isInteger,
  numeric: isNumeric,
  boolean: (type) => type === 'boolean',
  ip: (type) => type === 'ip',
  any: () => true,
}

function checkArgument(
  checking: Checking,
  node: Call,
  arg: Expression,
  index: number,
  signature: Signature,
): boolean {
  const parameter = parameterAt(signature, index)
  const isOnly = signature.parameters.length === 1
  const position = isOnly ? undefined : index
  if (parameter.constant && !isConstant(arg, checking.schema))
    return refuse(
      checking,
      node,
      describe(arg, 'argument-not-constant', signature.name),
      `${argumentName(position)} of [${checking.sourceOf(node)}] must be a constant, received [${nameOf(checking, arg)}]`,
    )
  return (
    checkArgumentType(checking, node, arg, position, parameter) &&
    checkExact(checking, arg, node, position)
  )
}

function checkArgumentType(
  checking: Checking,
  node: Call,
  arg: Expression,
  position: number | undefined,
  { type: wanted, name }: Parameter,
): boolean {
  const type = typeOf(arg, checking.schema)
  if (!type || type === 'null' || accepts[wanted](type)) return true
  return refuse(
    checking,
    node,
    describe(arg, 'argument-type', name, wanted, type),
    wrongTypeText(
      argumentName(position),
      checking.sourceOf(node),
      wanted,
      nameOf(checking, arg),
      type,
    ),
  )
}
