import type { OpenRule } from './open-rule.svelte'

/** What was opened and what a person made of it: all of a rule but what the engine says. */
export type RuleStanding = Pick<
  OpenRule,
  | 'opened'
  | 'openedAt'
  | 'rule'
  | 'document'
  | 'draft'
  | 'name'
  | 'text'
  | 'versions'
  | 'tests'
  | 'filtersOff'
  | 'onlyIndices'
>

export const standingOf = (open: OpenRule): RuleStanding => ({
  opened: open.opened,
  openedAt: open.openedAt,
  rule: open.rule,
  document: open.document,
  draft: open.draft,
  name: open.name,
  text: open.text,
  versions: open.versions,
  tests: open.tests,
  filtersOff: open.filtersOff,
  onlyIndices: open.onlyIndices,
})

/** Lets a rule stand as another one, or itself, stood; it is to be run then. */
export function putStanding(open: OpenRule, standing: RuleStanding): void {
  open.scratch = undefined
  Object.assign(open, standing)
}
