import type { Expression } from '../language/ast'

/**
 * A text that two leaves share only if they mean the same: where they stand, and how they
 * were written, does not matter to that. `now` moves date constants.
 */
export function leafKey(leaf: Expression, now: number): string {
  const key = keyOf(leaf)
  return key.includes(':now') ? `${key} ${String(now)}` : key
}

/** By kinds: a thousand rules have ten thousand leaves, and most of them are met before. */
function keyOf(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return node.type + valueKey(node.value)
    case 'field':
      return `field${textKey(node.name)}`
    case 'negate':
    case 'not':
      return `${node.kind}(${keyOf(node.operand)})`
    case 'arithmetic':
    case 'compare':
      return `${node.op}(${keyOf(node.left)},${keyOf(node.right)})`
    case 'call':
      return listKey(`call${tilde(node)}${textKey(node.name)}`, node.args)
    case 'in':
      return listKey(`in${tilde(node)}(${keyOf(node.operand)})`, node.items)
    case 'match':
      return listKey(`match ${node.op}(${keyOf(node.operand)})`, node.patterns)
    case 'and':
    case 'or':
      return listKey(node.kind, node.operands)
  }
}

function listKey(head: string, nodes: readonly Expression[]): string {
  let key = `${head}[`
  for (const node of nodes) key += `${keyOf(node)},`
  return `${key}]`
}

const tilde = ({ caseInsensitive }: { readonly caseInsensitive: boolean }): string =>
  caseInsensitive ? '~' : ''

function valueKey(value: string | number | bigint | boolean | null): string {
  if (typeof value === 'string') return textKey(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The length says where it ends, whatever is in it. */
const textKey = (text: string): string => `${String(text.length)}:${text}`
