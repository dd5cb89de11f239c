import { packFiles } from './bundle-files'
import { type MappedField, mapFields } from './index-mapping'
import { printConsole, type SearchRequest } from './search-request'

/** What is taken to a cluster. */
export interface ClusterKit {
  /** Name of the index that the events go to, such as `maxspan-lateral-movement`. */
  readonly index: string
  /** Text of the mapping in force, if one was loaded; else it is made of `fields`. */
  readonly mapping?: string | undefined
  readonly fields: readonly MappedField[]
  /** Each as the JSON of one event, on one line. */
  readonly events: readonly { readonly id: string; readonly text: string }[]
  /** Rules as Kibana imports them. */
  readonly rulesNdjson: string
  /** The searches of these rules; they are asked of `index`. */
  readonly searches: readonly (SearchRequest & { readonly name: string })[]
}

/** A zip with all that it takes to run the same rules over the same events elsewhere. */
export function packClusterKit(kit: ClusterKit): Promise<Blob> {
  const made = mapFields(kit.fields)
  const mapping = kit.mapping ?? JSON.stringify({ mappings: made.mappings }, null, 2)
  const left = kit.mapping === undefined ? made.left : []
  return packFiles([
    { path: 'README.md', content: printReadme(kit, left) },
    { path: 'mapping.json', content: mapping },
    { path: 'events.bulk.ndjson', content: printBulk(kit) },
    { path: 'rules.ndjson', content: kit.rulesNdjson },
    { path: 'searches.txt', content: printSearches(kit) },
  ])
}

/** Ids go along, so that the cluster's answer can be laid beside ours. */
const printBulk = ({ events }: ClusterKit): string =>
  events
    .map(({ id, text }) => `${JSON.stringify({ create: { _id: id } })}\n${text}\n`)
    .join('')

const printSearches = ({ index, searches }: ClusterKit): string =>
  searches
    .map(
      (search) =>
        `# ${oneLine(search.name)}\n${printConsole({ ...search, index: [index] })}`,
    )
    .join('\n')

function printReadme(
  { index, events, searches }: ClusterKit,
  left: readonly string[],
): string {
  const es = '"$ELASTICSEARCH_URL'
  const key = '-H "Authorization: ApiKey $ELASTICSEARCH_API_KEY"'
  return `# ${searches.length === 1 ? 'One rule' : `${searches.length} rules`} and ${sayEvents(events.length)} for a cluster

Set \`ELASTICSEARCH_URL\`, \`KIBANA_URL\` and \`ELASTICSEARCH_API_KEY\`. Then:

1. Make the index.

       curl -X PUT ${es}/${index}" ${key} -H 'Content-Type: application/json' --data-binary @mapping.json

2. Put the events into it.

       curl -X POST ${es}/${index}/_bulk?refresh=true" ${key} -H 'Content-Type: application/x-ndjson' --data-binary @events.bulk.ndjson

3. Import the rules. They come switched off.

       curl -X POST "$KIBANA_URL/api/detection_engine/rules/_import" ${key} -H 'kbn-xsrf: true' --form file=@rules.ndjson

4. Search, in the console of Dev Tools: the requests are in \`searches.txt\`. Drop an answer into
   Maxspan to see where it differs.

To be rid of it: \`curl -X DELETE ${es}/${index}" ${key}\`.
${
  left.length === 0
    ? ''
    : `
An index cannot hold a field that is an object as well, so these have no type of their own and
their plain values are refused: ${left.map((name) => `\`${name}\``).join(', ')}.
`
}`
}

const sayEvents = (count: number): string =>
  count === 1 ? 'one event' : `${count} events`

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
