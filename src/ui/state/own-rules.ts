import type { Rule } from '../../rules/rule'
import type { Session, StoredRule } from '../../session/session'
import { ruleAsEdited } from './rule-source'
import { openStoredRule } from './stored-rule'

/** A rule of one's own, and the session it is in. */
export interface OwnRule {
  readonly session: string
  readonly rule: Rule
}

/** Rules of one session that go by the same id or name are told as they stand. */
const MOST = 20

/**
 * The rules in stored sessions that are the same one as a guest's: of its id, else of its
 * name. The sessions are only read.
 */
export async function findOwnRules(
  sessions: AsyncIterable<Session>,
  wanted: Rule,
): Promise<readonly OwnRule[]> {
  const byId: OwnRule[] = []
  const byName: OwnRule[] = []
  for await (const { name: session, data } of sessions)
    for (const stored of data.rules) {
      if (!mayBe(stored, wanted)) continue
      const open = openStoredRule(stored)
      if (!open) continue
      const rule = ruleAsEdited(open)
      if (hasIdOf(rule, wanted)) byId.push({ session, rule })
      else if (rule.name === wanted.name) byName.push({ session, rule })
    }
  return [...byId, ...byName].slice(0, MOST)
}

/** Without reading it: a session may hold a thousand rules. */
function mayBe(
  { id, origin, metadata, document }: StoredRule,
  { id: wantedId, ruleId, name }: Rule,
): boolean {
  // In JSON and in TOML a name may be written with escapes.
  const names = [name, JSON.stringify(name).slice(1, -1), ...(ruleId ? [ruleId] : [])]
  const texts = [origin.text, metadata, document]
  return (
    id === wantedId || names.some((each) => texts.some((text) => text?.includes(each)))
  )
}

const hasIdOf = (rule: Rule, wanted: Rule): boolean =>
  rule.ruleId !== undefined && wanted.ruleId !== undefined
    ? rule.ruleId === wanted.ruleId
    : rule.id === wanted.id
