import type { EventQuery, Expression } from '../language/ast'
import { tellCondition, termsOf } from './in-words-condition'
import { joinPhrases, say, tell, type Phrase } from './in-words-phrase'
import { nounOf, tellAny, verbOf } from './in-words-event-wording'
import { connectives } from './in-words-wording'

/** `a process starts where …`, or after `there is no`: `process that starts where …`. */
export function tellEvent(
  { category, condition }: EventQuery,
  form: 'a' | 'no',
): readonly Phrase[] {
  const terms = termsOf(condition)
  const verbTerm = terms.find((term) => verbFor(category.name, category.any, term))
  const verb = verbTerm && verbFor(category.name, category.any, verbTerm)
  const others = terms.filter((term) => term !== verbTerm)
  const noun = nounOf(category, verb !== undefined, form)
  return [
    ...tell({ text: noun }, category),
    ...(verbTerm && verb
      ? tell({ text: form === 'no' ? ` that ${verb}` : ` ${verb}` }, verbTerm)
      : []),
    ...(form === 'a' && !verb ? say(' is seen') : []),
    ...tellTerms(others),
  ]
}

function tellTerms(terms: readonly Expression[]): readonly Phrase[] {
  const [only] = terms
  if (!only) return []
  if (terms.length === 1 && only.kind === 'literal') return tell(tellAny(only), only)
  const parts = terms.map(tellCondition)
  const joints = terms.length > 2 ? connectives.terms : connectives.and
  return [...say(connectives.where), ...joinPhrases(parts, joints[0], joints[1])]
}

/** What `event.type == "start"` says of an event of a category. */
function verbFor(category: string, isAny: boolean, term: Expression): string | undefined {
  if (isAny || term.kind !== 'compare' || term.op !== '==') return undefined
  const { left, right } = term
  if (left.kind !== 'field' || left.name !== 'event.type') return undefined
  return right.kind === 'literal' ? verbOf(category, right.value) : undefined
}
