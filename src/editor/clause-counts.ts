import {
  RangeSet,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Range,
  type TransactionSpec,
} from '@codemirror/state'
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  type DecorationSet,
} from '@codemirror/view'
import type { Span } from '../language/ast'

/** What a clause is over the loaded events, ready to be shown beside it. */
export interface ClauseCounts extends Span {
  /** The span of the clause it is a part of; absent for a whole clause. */
  readonly parent?: Span
  /** Whether it removes most of all clauses of its step. */
  readonly isStrictest: boolean
  /** In words, shown when one points at it. */
  readonly title: string
  /** What is not 0. */
  readonly counts: readonly {
    readonly truth: 'true' | 'false' | 'null'
    /** Short. */
    readonly text: string
    readonly title: string
    readonly onPick: () => void
  }[]
}

interface Shown {
  readonly clauses: readonly ClauseCounts[]
  /** Of an earlier text, or of earlier events. */
  readonly isStale: boolean
}

const NONE: Shown = { clauses: [], isStale: false }

const setCounts = StateEffect.define<Shown>()

/** The counts with their places kept up to date as one types; from then on stale. */
const field = StateField.define<Shown>({
  create: () => NONE,
  update(shown, { effects, changes, docChanged }) {
    for (const effect of effects) if (effect.is(setCounts)) return effect.value
    if (!docChanged || shown.clauses.length === 0) return shown
    const map = ({ from, to }: Span): Span => ({
      from: changes.mapPos(from, 1),
      to: changes.mapPos(to, -1),
    })
    const clauses = shown.clauses.map((clause) => ({
      ...clause,
      ...map(clause),
      ...(clause.parent && { parent: map(clause.parent) }),
    }))
    return { clauses, isStale: true }
  },
  provide: (shown) => EditorView.decorations.from(shown, noteWidth),
})

/**
 * Counts take room from the text, which may wrap otherwise though it did not change. The
 * editor measures its lines anew only when one of them has.
 */
function noteWidth({ clauses }: Shown): DecorationSet {
  const widths = clauses.map(({ counts }) =>
    counts.map(({ text }) => text.length).join(' '),
  )
  const attributes = { 'data-counts': widths.join() }
  return Decoration.set(Decoration.line({ attributes }).range(0))
}

/**
 * The counts of every clause at the end of the line it ends on:
 *
 *     [process where event.type == "start"        ✓ 41
 *        and process.parent.name : "explorer*"]   ✓ 9 ✕ 29 ∅ 3
 *
 * Assistive technology passes over gutters: the same numbers are in a table elsewhere.
 */
export const clauseCounts = (): Extension => [
  field,
  gutter({
    class: 'cm-clause-counts',
    side: 'after',
    renderEmptyElements: false,
    markers: (view) => markersOf(view.state),
    lineMarkerChange: (update) =>
      update.startState.field(field) !== update.state.field(field),
  }),
  look,
]

/** Shows counts beside the clauses of the text, or with none takes them away. */
export const showCounts = (
  clauses: readonly ClauseCounts[],
  isStale: boolean,
): TransactionSpec => ({ effects: setCounts.of({ clauses, isStale }) })

function markersOf(state: EditorState): RangeSet<GutterMarker> {
  const { clauses, isStale } = state.field(field)
  const byLine = new Map<number, ClauseCounts[]>()
  for (const clause of clauses) {
    if (!isShown(state, clause)) continue
    const { from } = state.doc.lineAt(clause.to)
    // Parts come after their clause, but end before it.
    byLine.set(from, [clause, ...(byLine.get(from) ?? [])])
  }
  const markers: Range<GutterMarker>[] = [...byLine].map(([line, list]) =>
    new CountsMarker(inOrder(list), isStale).range(line),
  )
  return RangeSet.of(markers, true)
}

const inOrder = (clauses: readonly ClauseCounts[]): readonly ClauseCounts[] =>
  [...clauses].sort((a, b) => a.to - b.to || b.from - a.from)

/** Parts of a clause that stands on one line would only crowd it. */
function isShown({ doc }: EditorState, { from, to, parent }: ClauseCounts): boolean {
  if (to <= from || to > doc.length) return false
  if (!parent || parent.to > doc.length) return parent === undefined
  return doc.lineAt(parent.from).from !== doc.lineAt(parent.to).from
}

class CountsMarker extends GutterMarker {
  constructor(
    private readonly clauses: readonly ClauseCounts[],
    private readonly isStale: boolean,
  ) {
    super()
  }
  override eq(other: GutterMarker): boolean {
    return (
      other instanceof CountsMarker &&
      other.isStale === this.isStale &&
      other.clauses.length === this.clauses.length &&
      other.clauses.every((clause, at) => clause === this.clauses[at])
    )
  }
  override toDOM(): HTMLElement {
    const line = document.createElement('span')
    line.className = this.isStale ? 'cm-counts cm-counts-stale' : 'cm-counts'
    line.append(...this.clauses.map(drawClause))
    return line
  }
}

const GLYPHS = { true: '✓', false: '✕', null: '∅' } as const

function drawClause(clause: ClauseCounts): HTMLElement {
  const mark = document.createElement('span')
  mark.className = 'cm-counts-clause'
  mark.classList.toggle('cm-counts-strictest', clause.isStrictest)
  mark.classList.toggle('cm-counts-part', clause.parent !== undefined)
  mark.title = clause.title
  for (const { truth, text, title, onPick } of clause.counts) {
    const count = document.createElement('span')
    count.className = `cm-count cm-count-${truth}`
    count.textContent = `${GLYPHS[truth]} ${text}`
    count.title = title
    count.addEventListener('click', onPick)
    mark.append(count)
  }
  return mark
}

const look = EditorView.theme({
  '.cm-gutters.cm-gutters-after': { borderLeft: 'none', maxWidth: '45%' },
  '.cm-clause-counts': { overflow: 'hidden' },
  '.cm-clause-counts .cm-gutterElement': { padding: '0 0.5rem 0 0.25rem' },
  '.cm-counts': {
    display: 'flex',
    gap: '0.375rem',
    justifyContent: 'flex-end',
    fontSize: 'var(--tiny)',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  '.cm-counts-stale': { opacity: '0.5' },
  '.cm-counts-clause': {
    display: 'inline-flex',
    gap: '0.125rem',
    paddingLeft: '0.25rem',
    borderLeft: '1px solid var(--border)',
  },
  '.cm-counts-part': { borderLeftStyle: 'dotted' },
  '.cm-counts-strictest': {
    borderLeft: '2px solid var(--near)',
    backgroundColor: 'var(--near-soft)',
  },
  '.cm-count': { padding: '0 0.1875rem', borderRadius: '3px', cursor: 'pointer' },
  '.cm-count:hover': { backgroundColor: 'var(--hover)', color: 'var(--text)' },
  '.cm-count-true': { color: 'var(--match)' },
  '.cm-count-false': { color: 'var(--muted)' },
  '.cm-count-null': { color: 'var(--null)' },
  '.cm-counts-part .cm-count-false': { display: 'none' },
  '@media (max-width: 48rem)': {
    '.cm-count-false, .cm-counts-part': { display: 'none' },
  },
})
