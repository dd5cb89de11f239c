import type {
  EventQuery,
  Expression,
  FieldRef,
  Query,
  Step,
} from '../../src/language/ast'

/** A query as one bracketed line, so that a case shows what it was read as. */
export function printTree({ body, pipes }: Query): string {
  const tail = pipes.map(({ name, count }) => `(${name} ${count})`)
  if (body.kind === 'event') return join([printEvent(body), ...tail])
  const until = body.kind === 'sequence' && body.until
  return join([
    group([
      body.kind,
      ...printBy(body.by),
      ...(body.kind === 'sequence' && body.maxspan ? [`maxspan:${body.maxspan.ms}`] : []),
      ...body.steps.map(printStep),
      ...(until ? [group(['until', printStep(until)])] : []),
    ]),
    ...tail,
  ])
}

const join = (parts: readonly string[]) => parts.join(' ')
const group = (parts: readonly string[]) => `(${join(parts)})`

const printBy = (keys: readonly FieldRef[]) =>
  keys.length ? [group(['by', ...keys.map(printNode)])] : []

const printStep = ({ query, missing, by, runs }: Step) =>
  group([
    missing ? 'missing' : 'step',
    printEvent(query),
    ...printBy(by),
    ...(runs === 1 ? [] : [`runs:${runs}`]),
  ])

const printEvent = ({ category, condition }: EventQuery) =>
  group([
    'event',
    category.any ? 'any' : JSON.stringify(category.name),
    printNode(condition),
  ])

export function printNode(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return `${node.type}:${typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value)}`
    case 'field':
      return `${node.optional ? '?' : ''}<${node.name}>`
    case 'call':
      return group([
        node.name + (node.caseInsensitive ? '~' : '') + '()',
        ...node.args.map(printNode),
      ])
    case 'negate':
      return group(['negate', printNode(node.operand)])
    case 'not':
      return group(['not', printNode(node.operand)])
    case 'and':
    case 'or':
      return group([node.kind, ...node.operands.map(printNode)])
    case 'arithmetic':
    case 'compare':
      return group([node.op, printNode(node.left), printNode(node.right)])
    case 'in':
      return group([
        node.caseInsensitive ? 'in~' : 'in',
        printNode(node.operand),
        ...node.items.map(printNode),
      ])
    case 'match':
      return group([node.op, printNode(node.operand), ...node.patterns.map(printNode)])
  }
}
