import type { StepEvent } from '../../worker/api'
import { printLine, printValue } from '../result/print-value'
import type { ToldClause, ToldResult, ToldStep } from './told-results'

/** What an event is called: by its id, else by its place among those that leave. */
export const labelOfStep = ({ eventId, row }: StepEvent): string =>
  eventId === String(row) ? `event ${row + 1}` : printLine(eventId)

/** `Match 1, user.name = ann`. */
export const sayResult = (result: ToldResult): string =>
  [sayPlace(result), ...sayKeys(result)].join(', ')

/** `Match 1`. */
export const sayPlace = ({ kind, place }: Pick<ToldResult, 'kind' | 'place'>): string =>
  `${kind === 'match' ? 'Match' : 'Near miss'} ${place + 1}`

/** `user.name = ann`, for each join key. */
export const sayKeys = ({ joinKeys }: Pick<ToldResult, 'joinKeys'>): readonly string[] =>
  joinKeys.map(({ name, value }) => `${name} = ${printValue(value)}`)

/** Why a step has its verdict, the telling first, in short. */
export function reasonsOf(
  { miss }: Pick<ToldResult, 'miss'>,
  { verdict, clauses, events }: ToldStep,
): readonly string[] {
  if (verdict !== 'failed')
    return (
      events.at(-1)?.fields.map(({ name, value }) => `${name} = ${printLine(value)}`) ??
      []
    )
  const wrong = clauses.filter(({ truth }) => truth !== true)
  return wrong.length > 0 ? wrong.map(sayClause) : miss ? [miss.sentence] : []
}

/** `process.name == "a.exe" is false: process.name = "b.exe"`. */
export const sayClause = ({ text, truth, values }: ToldClause): string => {
  const held = values.map((value) => `${value.field} = ${printLine(value.text)}`)
  const said = `${printLine(text.replace(/\s+/g, ' '))} is ${String(truth)}`
  return held.length > 0 ? `${said}: ${held.join(', ')}` : said
}
