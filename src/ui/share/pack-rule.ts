import type { Rule } from '../../rules/rule'
import { bundledRules } from '../../rules/library'
import { printExceptions } from '../../rules/rule-folder'
import { slugOf } from '../../rules/rule-record'
import type { Reproduction } from '../../share/reproduction'
import type { OpenRule } from '../state/open-rule.svelte'
import { listHiding } from '../state/rule-filters'
import { documentOf } from '../state/rule-source'
import { storeRule } from '../state/stored-rule'
import { printSmallRule } from './small-rule'
import { withoutAlias, withoutComments } from './without-words'

type PackedRule = Reproduction['rules'][number]

/** Names in these texts are asked for: in the query, and in what keeps events from it. */
export const textsAskingFor = ({ text, rule }: OpenRule): readonly string[] => [
  withoutComments(text),
  JSON.stringify(rule.filters.map(withoutAlias)),
  JSON.stringify(rule.exceptions.flatMap(({ items }) => items.map((i) => i.entries))),
]

/**
 * A rule with all that the session keeps of it. Its tests, versions and a source that
 * cannot be read stay where events go under other names: these have the real ones.
 */
export async function packWholeRule(
  open: OpenRule,
  realNames: boolean,
): Promise<PackedRule> {
  const { filtersOff, tests, versions, draft, onlyIndices } = withoutAbsent(
    storeRule(open),
  )
  const exceptions = printExceptions(open.rule)
  return {
    name: `${slugOf(open.name)}.toml`,
    text: documentOf(open).text,
    ...(exceptions && { exceptions }),
    ...(filtersOff && { filtersOff: [...filtersOff] }),
    ...(realNames && printTests(tests ?? (await bundledTests(open)))),
    ...(realNames && versions && { versions: versions.map(withoutAbsent) }),
    ...(realNames && draft && { draft }),
    ...(onlyIndices && { onlyIndices }),
  }
}

/** Exceptions up to this length go along, whether events of the link need them or not. */
const SHORT = 1_500

/**
 * A rule in few characters, with what keeps events from it: its filters and exceptions as
 * they are switched, and its indices. Without long ones, where `bare` is wanted.
 */
export function packSmallRule(open: OpenRule, bare: boolean): PackedRule {
  const on = onlyThoseOn(open)
  const hides = listHiding({ rule: on }).length > 0
  const exceptions = hides ? printExceptions(on) : ''
  const text = printSmallRule(open, hides ? on.filters : [])
  const isLong = exceptions.length + text.length - open.text.length > SHORT
  const isBare = bare && isLong
  return {
    name: 'rule.toml',
    text: isBare ? printSmallRule(open, []) : text,
    ...(!isBare && exceptions && { exceptions }),
    ...(open.onlyIndices && { onlyIndices: true }),
  }
}

/** The rule without exceptions and filters that are switched off. */
function onlyThoseOn({ rule, filtersOff }: OpenRule): Rule {
  const isOn = (id: string): boolean => !filtersOff.includes(id)
  return {
    ...rule,
    filters: rule.filters.filter((_, at) => isOn(`filter-${at + 1}`)),
    exceptions: rule.exceptions
      .map((list) => ({
        ...list,
        items: list.items.filter(({ id }) => isOn(`exception-${list.id}-${id}`)),
      }))
      .filter(({ items }) => items.length > 0),
  }
}

/** The tests of a rule as text; empty where it has none. */
export const testsOf = ({ tests, opened }: OpenRule): string =>
  tests?.text ?? bundledRules.find(({ id }) => id === opened.id)?.testsText ?? ''

/** Rules that come with the page have their tests there, until they have others. */
async function bundledTests(open: OpenRule): Promise<PackedRule['tests']> {
  const bundled = bundledRules.find(({ id }) => id === open.opened.id)
  if (!bundled) return undefined
  const events = await bundled.loadEvents().catch(() => undefined)
  return { text: bundled.testsText, ...(events !== undefined && { events }) }
}

const printTests = (tests: OpenRule['tests']): Pick<PackedRule, 'tests'> =>
  tests
    ? {
        tests: {
          ...{ text: tests.text },
          ...(tests.events !== undefined && { events: tests.events }),
          ...(tests.files && { files: [...tests.files] }),
        },
      }
    : {}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

const withoutAbsent = <T extends object>(record: T): Present<T> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Present<T>
