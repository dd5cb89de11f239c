import type { Format } from '../format'
import { JsonRecords } from '../json-records'
import { looksLikeResponse } from '../response-look'

/**
 * Answers of Elasticsearch: `_search`, `_msearch`, `_async_search`, `_eql/search` with
 * events or sequences, ES|QL with its rows, and what Kibana or others put around a list.
 * An event that is in several sequences is one event; place holders of missing events are
 * left out.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-eql-search
 */
export const elasticResponse: Format = {
  name: 'Elasticsearch response',
  recognises: ({ text }) => looksLikeResponse(text.trimStart()),
  read: (window, reader) => new JsonRecords(window, reader).read(),
}
