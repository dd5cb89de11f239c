import { explainEvent } from '../explain/explain'
import { printEventRole } from '../explain/event-role-wording'
import { readEventRoles } from '../explain/event-role'
import { readSampleRoles } from '../explain/sample-role'
import { printSampleRole } from '../explain/sample-role-wording'
import { printTrap, type Trap } from '../explain/traps-wording'
import { readTruthTree } from '../explain/truth-tree'
import { foldTree } from '../explain/truth-tree-fold'
import type { TruthNode } from '../explain/truth-tree-node'
import {
  printNullReason,
  printNullRemedy,
  printScalar,
} from '../explain/truth-tree-wording'
import type { Row } from '../events/row-set'
import { stepsOf } from '../language/walk'
import type { EventRoleView, StepExplanation, TruthNodeView } from './why-api'
import { nameEvent } from './replay-view'
import type { KeptRun } from './rule-answer'

/** Why one event does or does not satisfy each step of a rule, as written. */
export function viewSteps(
  { prepared: { query, rule, context } }: Pick<KeptRun, 'prepared'>,
  row: Row,
): readonly StepExplanation[] {
  const written = stepsOf(query)
  return explainEvent(rule, row).map(({ step, evidence }) => {
    const source = { query: written[step - 1]!.query, text: query.text, context }
    const tree = readTruthTree(source, evidence, row)
    return { step, truth: tree.truth, tree: viewNode(tree, foldTree(tree)) }
  })
}

/** `kept`: the same node folded, if the shortest reason has it. */
function viewNode(
  node: TruthNode,
  kept: TruthNode | undefined,
  isNegated = false,
): TruthNodeView {
  const { kind, truth, from, to, text, values, children } = node
  return {
    kind,
    truth,
    from,
    to,
    text,
    decides: kept !== undefined,
    values: values.map((value) => ({
      field: value.field,
      ...(value.element && { element: value.element }),
      text: printScalar(value.value),
      isAbsent: value.value === undefined,
    })),
    notes: notesOf(node, isNegated),
    children: children.map((child) =>
      viewNode(
        child,
        kept?.children.find(
          (other) => other.from === child.from && other.to === child.to,
        ),
        isNegated || kind === 'not',
      ),
    ),
  }
}

/** Under a `not`, what lets an event in would keep it out. */
const notesOf = (
  { whyNull, traps }: TruthNode,
  isNegated: boolean,
): TruthNodeView['notes'] => [
  ...(whyNull
    ? [
        noteOf(
          'null',
          printNullReason(whyNull),
          isNegated ? '' : printNullRemedy(whyNull, 'in'),
        ),
      ]
    : []),
  ...traps.map((trap) => noteOf('trap', printTrap(trap), remedyOf(trap))),
]

const noteOf = (
  kind: 'null' | 'trap',
  sentence: string,
  remedy: string,
): TruthNodeView['notes'][number] => ({
  kind,
  text: remedy ? `${sentence} ${remedy}` : sentence,
})

/** The other traps name theirs themselves. */
function remedyOf(trap: Trap): string {
  if (trap.code === 'unequal-null') return printNullRemedy(trap.why, 'out')
  const [why] = trap.code === 'not-null' ? trap.whys : []
  return why ? printNullRemedy(why, 'out') : ''
}

/** What an event did in the sequences or samples of a rule; nothing for other rules. */
export function* viewRoles(run: KeptRun, row: Row): Generator<void, EventRoleView> {
  const misses = run.explained?.nearMisses.list ?? []
  return {
    roles: yield* tellRoles(run, row),
    nearMisses: misses
      .flatMap((miss, index) => (miss.culprit === row ? [{ miss, index }] : []))
      .map(({ miss: { step, sentence }, index }) => ({ step, index, sentence })),
  }
}

function* tellRoles(run: KeptRun, row: Row): Generator<void, EventRoleView['roles']> {
  const { rule } = run.prepared
  if (rule.kind === 'sequence')
    return (yield* readEventRoles(rule, row)).map((role) => ({
      step: role.step,
      sentence: printEventRole(role),
    }))
  if (rule.kind === 'events') return []
  return (yield* readSampleRoles(rule, row)).map((role) => ({
    step: role.step,
    sentence: printSampleRole(role, (other) => nameEvent(run, other)),
  }))
}
