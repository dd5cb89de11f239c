import type { Expression, FieldRef, Query, Step } from './ast'

const NONE: readonly Expression[] = []

/** The nodes right below one node, in the order of the text. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'field':
      return NONE
    case 'call':
      return node.args
    case 'negate':
    case 'not':
      return [node.operand]
    case 'arithmetic':
    case 'compare':
      return [node.left, node.right]
    case 'in':
      return [node.operand, ...node.items]
    case 'match':
      return [node.operand, ...node.patterns]
    case 'and':
    case 'or':
      return node.operands
  }
}

/** Every field an expression names, in the order of the text, repeats included. */
export function fieldsIn(node: Expression): readonly FieldRef[] {
  const fields: FieldRef[] = []
  addFields(node, fields)
  return fields
}

function addFields(node: Expression, fields: FieldRef[]): void {
  if (node.kind === 'field') fields.push(node)
  else for (const child of childrenOf(node)) addFields(child, fields)
}

/** The bracketed queries of a query as written; an event query is one plain step. */
export function stepsOf(query: Query): readonly Step[] {
  const { body } = query
  if (body.kind !== 'event') return body.steps
  return [{ from: body.from, to: body.to, query: body, missing: false, by: [], runs: 1 }]
}

/** The names of a step's join keys, the query's own first. */
export function keyNamesOf(query: Query, step: number): readonly string[] {
  const { body } = query
  if (body.kind === 'event') return []
  return [...body.by, ...(body.steps[step]?.by ?? [])].map((key) => key.name)
}
