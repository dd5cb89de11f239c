import { syntaxTree } from '@codemirror/language'
import {
  RangeSet,
  RangeSetBuilder,
  type EditorState,
  type Extension,
} from '@codemirror/state'
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'
import type { SyntaxNode, Tree } from '@lezer/common'

/** Draws the mark of a step, by its 1-based number, as the rest of the page draws it. */
export type DrawStep = (step: number) => HTMLElement

/** So many step colours there are; then they come again. */
const COLOURS = 6

interface StepRange {
  readonly step: number
  readonly node: SyntaxNode
}

/**
 * Tints every step of a sequence or sample in its colour:
 *
 *     ①▏ [process where …      mark in the gutter, soft background,
 *      ▏    and …]             brackets in the colour of the step
 */
export const stepTints = (drawStep: DrawStep): Extension => {
  const tints = ViewPlugin.define((view) => new Tints(view, drawStep), {
    decorations: (plugin) => plugin.decorations,
  })
  return [
    tints,
    gutter({
      class: 'cm-step-gutter',
      markers: (view) => view.plugin(tints)?.markers ?? RangeSet.empty,
      initialSpacer: () => new StepMarker([1], drawStep),
    }),
  ]
}

class Tints {
  decorations: DecorationSet
  markers: RangeSet<GutterMarker>
  #tree: Tree
  readonly #drawStep: DrawStep

  constructor(view: EditorView, drawStep: DrawStep) {
    this.#drawStep = drawStep
    this.#tree = syntaxTree(view.state)
    this.decorations = tintSteps(view.state)
    this.markers = markSteps(view.state, drawStep)
  }

  update(update: ViewUpdate): void {
    const tree = syntaxTree(update.state)
    if (!update.docChanged && tree === this.#tree) return
    this.#tree = tree
    this.decorations = tintSteps(update.state)
    this.markers = markSteps(update.state, this.#drawStep)
  }
}

function readSteps(state: EditorState): StepRange[] {
  const steps: StepRange[] = []
  syntaxTree(state).iterate({
    enter: ({ name, node }) => {
      if (name === 'Step') steps.push({ step: steps.length + 1, node })
      return (
        name === 'Query' || name === 'Sequence' || name === 'Sample' || name === 'Join'
      )
    },
  })
  return steps
}

const colourOf = (step: number): number => ((step - 1) % COLOURS) + 1

function tintSteps(state: EditorState): DecorationSet {
  const ranges = readSteps(state).flatMap(({ step, node }) => {
    const line = Decoration.line({ class: `cm-step cm-step-${colourOf(step)}` })
    const bracket = Decoration.mark({
      class: `cm-step-bracket cm-step-${colourOf(step)}`,
    })
    return [
      ...linesOf(state, node).map((from) => line.range(from)),
      ...bracketsOf(node).map(({ from, to }) => bracket.range(from, to)),
    ]
  })
  return Decoration.set(ranges, true)
}

function linesOf(state: EditorState, { from, to }: SyntaxNode): number[] {
  const starts = []
  const last = state.doc.lineAt(to).number
  for (let n = state.doc.lineAt(from).number; n <= last; n++)
    starts.push(state.doc.line(n).from)
  return starts
}

function bracketsOf(step: SyntaxNode): SyntaxNode[] {
  const inner = step.getChild('Missing') ?? step
  return ['[', '![', ']'].flatMap((name) => inner.getChild(name) ?? [])
}

function markSteps(state: EditorState, drawStep: DrawStep): RangeSet<GutterMarker> {
  const byLine = new Map<number, number[]>()
  for (const { step, node } of readSteps(state)) {
    const line = state.doc.lineAt(node.from).from
    byLine.set(line, [...(byLine.get(line) ?? []), step])
  }
  const markers = new RangeSetBuilder<GutterMarker>()
  for (const [line, steps] of byLine)
    markers.add(line, line, new StepMarker(steps, drawStep))
  return markers.finish()
}

class StepMarker extends GutterMarker {
  readonly #steps: readonly number[]
  readonly #drawStep: DrawStep

  constructor(steps: readonly number[], drawStep: DrawStep) {
    super()
    this.#steps = steps
    this.#drawStep = drawStep
  }
  override eq(other: GutterMarker): boolean {
    return other instanceof StepMarker && other.#steps.join() === this.#steps.join()
  }
  override toDOM(): HTMLElement {
    const marks = document.createElement('span')
    marks.append(...this.#steps.map(this.#drawStep))
    return marks
  }
}
