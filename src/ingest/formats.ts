import type { BinaryFormat, Format } from './format'
import { auditd } from './formats/auditd'
import { csv } from './formats/csv'
import { evtx } from './formats/evtx'
import { evtxDump } from './formats/evtx-dump'
import { elasticResponse } from './formats/elastic-response'
import { jsonArray } from './formats/json-array'
import { jsonObjects } from './formats/json-objects'
import { ndjson } from './formats/ndjson'
import { windowsXml } from './formats/windows-xml'

export const binaryFormats: readonly BinaryFormat[] = [evtx]

/** In the order they are tried; the last takes any text. */
export const formats: readonly Format[] = [
  csv,
  windowsXml,
  evtxDump,
  auditd,
  elasticResponse,
  jsonArray,
  jsonObjects,
  ndjson,
]
