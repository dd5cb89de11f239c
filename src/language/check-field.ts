import type { Field, Schema } from '../events/schema'
import type { Expression, FieldRef, Span } from './ast'
import { argumentName, refuse, type Checking } from './checking'
import { printName } from './print-literal'
import { describe, insertFix, replaceFix } from './problem'
import { didYouMean } from './server-text'
import { findSimilar } from './similar'
import { isUsable, typeOfField } from './value-types'

/** Whether a field can be used; if not, why (language.md 3.12, 8.5). */
export function checkField(checking: Checking, node: FieldRef): boolean {
  const field = checking.schema.field(node.name)
  if (field) return checkUsable(checking, node, field)
  return node.optional || refuseUnknownField(checking, node)
}

/** In capitals, `TRUE`, they are field names to the grammar. */
const CONSTANTS = ['true', 'false', 'null']

function refuseUnknownField(checking: Checking, node: FieldRef): false {
  const { schema } = checking
  const { name } = node
  if (schema.names().some((known) => known.startsWith(`${name}.`)))
    return refuse(
      checking,
      node,
      describe(node, 'object-field', name),
      `Cannot use field [${name}] type [object] only its subfields`,
    )
  const constant = CONSTANTS.find((word) => word === name.toLowerCase())
  const similar = constant ? [constant] : findSimilarFields(checking, name)
  const diagnostic = {
    ...describe(node, 'unknown-field', name, similar, schema.model),
    fixes: [
      ...similar
        .slice(0, 3)
        .map((one) => replaceFix(`Use ${one}`, node, constant ?? printName(one))),
      ...(constant ? [] : [insertFix('Make it optional', node.from, '?')]),
    ],
  }
  return refuse(checking, node, diagnostic, unknownText(checking, name))
}

/** A category was named, but there is no field of categories. */
export const refuseCategory = (checking: Checking, node: Span, name: string): false =>
  refuse(
    checking,
    node,
    {
      ...describe(node, 'no-category', name),
      fixes: [replaceFix('Use any', node, 'any')],
    },
    unknownText(checking, name),
  )

const unknownText = (checking: Checking, name: string) =>
  `Unknown column [${name}]${didYouMean(findSimilarFields(checking, name))}`

/** Thousands of names are weighed for each unknown one, and rules repeat their mistakes. */
const similarFields = new WeakMap<Schema, Map<string, readonly string[]>>()

function findSimilarFields({ schema }: Checking, name: string): readonly string[] {
  const known = similarFields.get(schema) ?? new Map<string, readonly string[]>()
  similarFields.set(schema, known)
  const similar = known.get(name) ?? findSimilar(name, schema.names()).filter(isPrimitive)
  known.set(name, similar)
  return similar

  function isPrimitive(one: string): boolean {
    const field = schema.field(one)
    return field !== undefined && isUsable(typeOfField(field))
  }
}

function checkUsable(checking: Checking, node: FieldRef, field: Field): boolean {
  const { name, typeName, nestedIn } = field
  const type = typeOfField(field)
  const cannot = (reason: string, code: 'object-field' | 'nested-field' | 'field-type') =>
    refuse(
      checking,
      node,
      code === 'field-type'
        ? describe(node, code, name, typeName)
        : describe(node, code, name),
      `Cannot use field [${name}] ${reason}`,
    )
  if (nestedIn !== undefined)
    return cannot(
      `type [${type}] with unsupported nested type in hierarchy (field [${nestedIn}])`,
      'nested-field',
    )
  if (type === 'nested')
    return cannot(
      'type [nested] due to nested fields not being supported yet',
      'nested-field',
    )
  if (type === 'object') return cannot('type [object] only its subfields', 'object-field')
  return (
    type !== 'unsupported' || cannot(`with unsupported type [${typeName}]`, 'field-type')
  )
}

/**
 * Whether an operand can be compared exactly: a text field needs one keyword
 * sub-field, and a keyword must keep its values as they are.
 */
export function checkExact(
  checking: Checking,
  node: Expression,
  whole: Expression,
  index: number | undefined,
): boolean {
  const field = node.kind === 'field' && checking.schema.field(node.name)
  if (!field) return true
  const reason = whyInexact(checking, field)
  if (!reason) return true
  const position = index === undefined ? '' : `${argumentName(index)} `
  return refuse(
    checking,
    whole,
    describe(node, reason.code, field.name, reason.candidates),
    `[${checking.sourceOf(whole)}] cannot operate on ${position}field of data type ` +
      `[${typeOfField(field)}]: ${reason.text}`,
  )
}

function whyInexact(
  { schema }: Checking,
  field: Field,
):
  | {
      code: 'text-field' | 'normalized-field'
      candidates: readonly string[]
      text: string
    }
  | undefined {
  const { name, normalizer } = field
  if (typeOfField(field) !== 'text')
    return normalizer === undefined
      ? undefined
      : {
          code: 'normalized-field',
          candidates: [],
          text: 'Normalized keyword field cannot be used for exact match operations',
        }
  const candidates = schema.names().filter((one) => {
    const sub = one.startsWith(`${name}.`) ? schema.field(one) : undefined
    return sub?.column === field.column && sub.type === 'keyword' && !sub.normalizer
  })
  if (candidates.length > 1)
    return {
      code: 'text-field',
      candidates,
      text: `Multiple exact keyword candidates available for [${name}]; specify which one to use`,
    }
  return field.exact !== undefined || candidates.length
    ? undefined
    : {
        code: 'text-field',
        candidates,
        text: `No keyword/multi-field defined exact matches for [${name}]; define one or use MATCH/QUERY instead`,
      }
}
