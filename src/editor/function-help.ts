import type { Completion } from '@codemirror/autocomplete'

export interface FunctionHelp {
  readonly name: string
  readonly signature: string
  readonly about: string
}

export const functionCompletions: readonly Completion[] = []
export const findFunction = (_name: string): FunctionHelp | undefined => undefined
