import type { Diagnostic } from './diagnostics'
import { describe, serverError } from './problem'

/** The problem at the first place where the text cannot go on. */
export function describeSyntaxError(text: string, at: number): Diagnostic {
  const word = /^(?:\w+|[^]|$)/.exec(text.slice(at))?.[0] ?? ''
  const shown = word || '<EOF>'
  return {
    ...describe({ from: at, to: at + word.length }, 'unexpected', shown),
    elastic: serverError('parsing_exception', text, at, `mismatched input '${shown}'`),
  }
}
