import type { RuleFilter } from '../../rules/hidden-events'
import type { HiddenCount } from '../../worker/hiding-api'
import { sayEvents, sayMatches } from '../result/wording'

/** All sentences of the exceptions and filters of a rule. */

/** `Exceptions 2/3`: how many are applied, of how many. */
export const sayExceptionTab = (
  filters: readonly RuleFilter[],
  off: readonly string[],
): string => {
  const applied = filters.filter(({ id, test }) => test.ok && !off.includes(id))
  return `${EXCEPTIONS.title} ${applied.length}/${filters.length}`
}

/** What one of them hides, or would if it were switched on. */
export const sayHidden = (
  { events, matches, isApproximate }: HiddenCount,
  isOn: boolean,
): string => {
  const verb = isOn ? 'Hides' : 'Would hide'
  if (events === 0) return `${verb} no event.`
  const about = isApproximate ? ' about' : ''
  const them = events === 1 ? 'it' : 'them'
  const parts = matches ? `, and ${sayMatches(matches)} that would hold ${them}` : ''
  return `${verb}${about} ${sayEvents(events)}${parts}.`
}

/** Where it comes from. */
export const sayOrigin = ({ kind, list }: RuleFilter): string =>
  kind === 'filter' ? 'Filter of the rule' : `Exception list: ${list ?? ''}`

export const EXCEPTIONS = {
  title: 'Exceptions',
  about:
    'What these hide is as if it were not there, for every step of the rule: as in ' +
    'production, it is taken away before the rule runs.',
  counting: 'Counting…',
  approximate:
    'It looks into lists of objects. Which values belong to one object is not known ' +
    'here, so it may hide more than in production.',
  notApplied: 'not applied',
} as const
