import type { Format } from './format'
import { elasticResponse } from './formats/elastic-response'
import { jsonArray } from './formats/json-array'
import { jsonObjects } from './formats/json-objects'
import { ndjson } from './formats/ndjson'

/** In the order they are tried; the last takes any text. */
export const formats: readonly Format[] = [
  elasticResponse,
  jsonArray,
  jsonObjects,
  ndjson,
]
