import type { Format } from '../format'
import { JsonRecords } from '../json-records'
import { hasRecordOnOneLine } from './ndjson'

/**
 * JSON objects that go over several lines each, one or many after one another, as
 * `jq .` prints them; also a single object on one very long line.
 */
export const jsonObjects: Format = {
  name: 'JSON objects',
  recognises: (head) => /^\{/m.test(head.text) && !hasRecordOnOneLine(head),
  read: (window, reader) => new JsonRecords(window, reader).read(),
}
