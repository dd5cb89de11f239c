import type { Field } from '../events/schema'
import type { Expression } from '../language/ast'
import { ColumnLeaf } from './column-leaf'
import type { ColumnTest } from './column-test'
import { CombinationLeaf } from './combination-leaf'
import type { EvaluationContext } from './context'
import { compileFieldTest } from './field-test'
import type { Leaf } from './leaf'
import { leafKey } from './leaf-key'
import { compileScript } from './script'
import { compileScriptTest } from './script-test'

/**
 * A folded leaf bound to the events; equal leaves of all rules are one object.
 * @throws EvaluationFailure when a constant does not suit its field.
 */
export const compileLeaf = (leaf: Expression, context: EvaluationContext): Leaf =>
  context.leaves.leaf(leafKey(leaf, context.now), (id) => makeLeaf(id, leaf, context))

function makeLeaf(id: number, leaf: Expression, context: EvaluationContext): Leaf {
  const { table, schema, leaves, now } = context
  const test = compileFieldTest(leaf, schema, now)
  return test
    ? new ColumnLeaf(id, leaves.reader(table, test.field), test, leaves)
    : makeScriptLeaf(id, leaf, context)
}

/** Rough effort of a script over one field, in comparisons. */
const scriptEffort = 100

function makeScriptLeaf(id: number, leaf: Expression, context: EvaluationContext): Leaf {
  const { table, schema, leaves } = context
  const script = compileScript(leaf)
  const fields = script.fields
    .map(({ name }) => schema.field(name))
    .filter((field): field is Field => field !== undefined)
  const readers = fields.map((field) => leaves.reader(table, field))
  const test = compileScriptTest(script, readers)
  const [only] = readers
  if (!only || readers.some((reader) => reader !== only))
    return new CombinationLeaf(id, readers, test)
  const columnTest: ColumnTest = {
    effort: script.mayFail ? Infinity : scriptEffort,
    judge: (values) => test.judge(readers.map(() => values)),
    isCapped: () => test.isCapped(),
  }
  return new ColumnLeaf(id, only, columnTest, leaves)
}
