import type { FieldRef, Sample, Sequence } from '../language/ast'
import { joinPhrases, say, tell, type Phrase } from './in-words-phrase'
import { keyWords } from './in-words-wording'

/** The join keys: those all steps share, then those of steps, by position. */
export function tellKeys(body: Sequence | Sample): readonly (readonly Phrase[])[] {
  const { by } = body
  const shared = [
    ...say(keyWords.shared),
    ...joinPhrases(by.map(tellKey), ', ', keyWords.and),
    ...say('.'),
    ...tellRequired(by),
  ]
  return [...(by.length > 0 ? [shared] : []), ...tellStepKeys(body)]
}

const tellKey = (key: FieldRef): readonly Phrase[] =>
  tell({ text: keyWords.key(key.name, key.optional) }, key)

/** An optional key joins what has none (language.md 5.3). */
function tellRequired(keys: readonly FieldRef[]): readonly Phrase[] {
  const required = keys.filter(({ optional }) => !optional)
  const names = [...new Set(required.map(({ name }) => name))]
  if (names.length === 0) return []
  return say(keyWords.required(names, required.length < keys.length))
}

/** Keys of steps match by position (language.md 5.3). */
function tellStepKeys(body: Sequence | Sample): readonly (readonly Phrase[])[] {
  const until = body.kind === 'sequence' && body.until ? [body.until] : []
  const places = [
    ...body.steps.map((step, at) => ({ step, place: keyWords.placeOfStep(at + 1) })),
    ...until.map((step) => ({ step, place: keyWords.placeOfUntil })),
  ]
  const count = Math.max(0, ...body.steps.map(({ by }) => by.length))
  return Array.from({ length: count }, (_, position) => {
    const keys = places.flatMap(({ step, place }) => {
      const key = step.by[position]
      return key ? [{ key, place }] : []
    })
    const told = keys.map(({ key, place }) =>
      tell({ text: keyWords.stepKey(key.name, place) }, key),
    )
    const isOptional = keys.every(({ key }) => key.optional)
    return [
      ...say(keyWords.equal),
      ...joinPhrases(told, ', ', keyWords.and),
      ...say(isOptional ? `${keyWords.orNone}.` : '.'),
      ...say(isOptional ? '' : keyWords.stepRequired),
    ]
  })
}
