import type { BinaryFormat, Format } from './format'
import { evtx } from './formats/evtx'
import { elasticResponse } from './formats/elastic-response'
import { jsonArray } from './formats/json-array'
import { jsonObjects } from './formats/json-objects'
import { ndjson } from './formats/ndjson'

export const binaryFormats: readonly BinaryFormat[] = [evtx]

/** In the order they are tried; the last takes any text. */
export const formats: readonly Format[] = [
  elasticResponse,
  jsonArray,
  jsonObjects,
  ndjson,
]
