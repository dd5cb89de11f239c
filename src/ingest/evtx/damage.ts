import { type DamageCode, damageText } from './wording'

/** One place of a file that is not as it should be. */
export interface EvtxDamage {
  readonly code: DamageCode
  /** Bytes from the beginning of the file. */
  readonly offset: number
  /** 0-based place of the chunk in the file; -1 for the file's header. */
  readonly chunk: number
  /** A record, or all of a chunk, could not be read. Else nothing is lost here. */
  readonly isLoss: boolean
  /** A plain sentence. */
  readonly reason: string
}

const HARMLESS: ReadonlySet<DamageCode> = new Set([
  'not-evtx',
  'file-checksum',
  'chunk-cut',
  'chunk-checksum',
  'records-checksum',
])

export function describeDamage(
  code: DamageCode,
  offset: number,
  chunk: number,
): EvtxDamage {
  const reason = damageText[code](chunk + 1)
  return { code, offset, chunk, isLoss: !HARMLESS.has(code), reason }
}

/** Ends the reading of one record. It never leaves this folder. */
export class Malformed extends Error {
  constructor(readonly code: DamageCode) {
    super(code)
  }
}
