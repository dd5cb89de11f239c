import type { Category, Literal } from '../language/ast'
import { quote } from './in-words-list-wording'

/** What `event.category` and `event.type` of ECS say together, by name. */
const verbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  process: { start: 'starts', end: 'ends' },
  file: {
    creation: 'is created',
    change: 'is changed',
    deletion: 'is deleted',
    access: 'is accessed',
  },
  registry: {
    creation: 'is created',
    change: 'is changed',
    deletion: 'is deleted',
    access: 'is accessed',
  },
  library: { start: 'is loaded' },
  driver: { start: 'is loaded' },
  session: { start: 'starts', end: 'ends' },
}

const nouns: Readonly<Record<string, string>> = { registry: 'registry entry' }

/** `starts`; undefined where the two are better said one by one. */
export const verbOf = (category: string, type: Literal['value']): string | undefined =>
  Object.hasOwn(verbs, category) ? verbs[category]?.[String(type)] : undefined

/** `a process` where a verb follows, else `a process event`. */
export function nounOf(
  { any, name }: Category,
  hasVerb: boolean,
  form: 'a' | 'no',
): string {
  if (any) return form === 'a' ? 'an event of any category' : 'event of any category'
  const word = /^\w+$/.test(name) ? name : quote(name)
  const noun = hasVerb ? (nouns[name] ?? name) : `${word} event`
  if (form === 'no') return noun
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** A condition that is the same for all events. */
export const tellAny = ({
  value,
}: Pick<Literal, 'value'>): { readonly text: string } => ({
  text: value === true ? ', whatever it holds' : ' that never fits',
})
