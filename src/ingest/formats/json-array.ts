import type { Format } from '../format'
import { JsonRecords } from '../json-records'

/** One JSON array of events, on one line or many; https://www.rfc-editor.org/rfc/rfc8259. */
export const jsonArray: Format = {
  name: 'JSON array',
  recognises: ({ text }) => /^\s*\[/.test(text),
  read: (window, reader) => new JsonRecords(window, reader).read(),
}
