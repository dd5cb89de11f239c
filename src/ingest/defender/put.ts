import type { JsonValue } from '../lossless-json'

/** Takes fields by their dotted names; what is undefined is no field. */
export type Put = (field: string, value: JsonValue | undefined) => void
