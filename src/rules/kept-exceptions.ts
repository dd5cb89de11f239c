import type { ExceptionList } from './exception-list'
import type { Rule } from './rule'

/**
 * A newer file of a rule with the exceptions the rule had, which lie in files of their own
 * and need not come along. One that brings any has those alone; JSON of the API names all
 * lists of its rule, and keeps no other.
 */
export function keepExceptions(rule: Rule, before: Rule): Rule {
  if (rule.exceptions.length > 0) return rule
  const named = new Set(rule.exceptionsList.map(({ listId }) => listId))
  const namesAll = rule.source.format === 'json' || rule.source.format === 'ndjson'
  const exceptions = before.exceptions.filter(({ id }) => !namesAll || named.has(id))
  return exceptions.length > 0 ? { ...rule, exceptions } : rule
}

/** A rule with further lists, each in place of an older one of its id. */
export function addLists(rule: Rule, lists: readonly ExceptionList[]): Rule {
  const newer = new Set(lists.map(({ id }) => id))
  const others = rule.exceptions.filter(({ id }) => !newer.has(id))
  return { ...rule, exceptions: [...others, ...lists] }
}
