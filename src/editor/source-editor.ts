import { autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { bracketMatching } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { keymap, lineNumbers } from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import { complete } from './completion'
import type { Lookup } from './lookup'
import { createTextView, namedText, type TextView } from './text-view'
import { theme } from './theme'
import { isInQuery, tomlLanguage } from './toml-language'
import { wrapIndent } from './wrap-indent'

export interface SourceEditorOptions {
  readonly parent: HTMLElement
  readonly lookup: Lookup
  /** Called for every change by hand, with the whole text. */
  readonly onEdit: (text: string) => void
}

/** An editor of rules' TOML, by the rule's id. */
export type SourceEditor = Omit<TextView, 'view'>

export const createSourceEditor = (options: SourceEditorOptions): SourceEditor =>
  createTextView(options.parent, extensionsOf(options), options.onEdit)

const extensionsOf = ({ lookup }: SourceEditorOptions): Extension[] => [
  lineNumbers(),
  bracketMatching(),
  highlightSelectionMatches(),
  wrapIndent(),
  tomlLanguage(),
  autocompletion({
    override: [
      (context) =>
        isInQuery(context.state, context.pos) ? complete(context, lookup) : null,
    ],
    icons: false,
    maxRenderedOptions: 60,
  }),
  theme,
  keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap]),
  minimalSetup,
  namedText('TOML source of the rule'),
]
