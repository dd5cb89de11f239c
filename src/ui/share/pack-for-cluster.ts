import { printKibanaExport } from '../../rules/print-kibana-export'
import { packClusterKit } from '../../share/cluster-kit'
import { textOfMember, withoutMember } from '../../share/event-line'
import type { FieldInfo } from '../../worker/api'
import type { OpenRule } from '../state/open-rule.svelte'
import { requestOf } from './rule-request'

/** A zip that runs these rules over these events (NDJSON lines) on a cluster. */
export function packForCluster(
  rules: readonly OpenRule[],
  lines: readonly string[],
  fields: readonly FieldInfo[],
  mapping: string | undefined,
): Promise<Blob> {
  return packClusterKit({
    index: `maxspan-${indexName(rules[0]?.id ?? '')}`,
    mapping,
    fields: fields.filter(({ name, events }) => events > 0 && !name.startsWith('_')),
    events: withOwnIds(lines.map(splitId)),
    rulesNdjson: printKibanaExport(
      rules.map(({ rule, name, text }) => ({ ...rule, name, query: text })),
    ),
    searches: rules.map((rule) => ({ ...requestOf(rule), name: rule.name })),
  })
}

/** What an index may be called: lower case, no signs but a few, not too long. */
const indexName = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)

/** Two events of one id, such as of two files, would be one document, and one be refused. */
function withOwnIds<T extends { readonly id: string }>(
  events: readonly T[],
): readonly T[] {
  const taken = new Set<string>()
  return events.map((event) => {
    let { id } = event
    for (let n = 2; taken.has(id); n++) id = `${event.id}-${n}`
    taken.add(id)
    return { ...event, id }
  })
}

/** An event without the names that a cluster keeps beside it: it refuses them within. */
const splitId = (line: string, place: number) => ({
  id: textOfMember(line, '_id') ?? `maxspan-${place + 1}`,
  text: withoutMember(withoutMember(line, '_id'), '_index'),
})
