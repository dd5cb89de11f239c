import type { JsonObject, JsonValue } from '../lossless-json'
import { readLosslessJson } from '../lossless-json'
import { isObject } from '../unwrap'

/** The tables of devices; the others hold mail, sign-ins and the like. */
export type DeviceTable =
  | 'DeviceEvents'
  | 'DeviceFileCertificateInfo'
  | 'DeviceFileEvents'
  | 'DeviceImageLoadEvents'
  | 'DeviceInfo'
  | 'DeviceLogonEvents'
  | 'DeviceNetworkEvents'
  | 'DeviceNetworkInfo'
  | 'DeviceProcessEvents'
  | 'DeviceRegistryEvents'

const TABLES: ReadonlySet<string> = new Set<DeviceTable>([
  'DeviceEvents',
  'DeviceFileCertificateInfo',
  'DeviceFileEvents',
  'DeviceImageLoadEvents',
  'DeviceInfo',
  'DeviceLogonEvents',
  'DeviceNetworkEvents',
  'DeviceNetworkInfo',
  'DeviceProcessEvents',
  'DeviceRegistryEvents',
])

/**
 * One row of advanced hunting in Microsoft Defender XDR, however it was exported: from the
 * portal, by the API, through Event Hubs, or from Sentinel.
 * https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-schema-tables
 */
export class HuntingRow {
  /** Parsed once: it is JSON within JSON. */
  private extra: JsonObject | undefined
  readonly action: string
  readonly table: DeviceTable | undefined

  constructor(
    private readonly cells: JsonObject,
    /** As the file names the table, if it does. */
    tableName: string | undefined,
  ) {
    this.action = this.text('ActionType') ?? ''
    this.table = tableName === undefined ? this.guessTable() : deviceTable(tableName)
  }

  /** A cell that is not empty; a union of tables puts a type behind names they share. */
  cell(name: string): JsonValue | undefined {
    const { cells } = this
    return filled(cells[name]) ?? filled(cells[`${name}_string`])
  }

  text(name: string): string | undefined {
    const value = this.cell(name) ?? filled(this.cells[`${name}_long`])
    return value === undefined || typeof value === 'object' ? undefined : String(value)
  }

  number(name: string): number | string | undefined {
    const text = this.text(name)
    return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : text
  }

  /** What `AdditionalFields` holds. */
  get additional(): JsonObject {
    return (this.extra ??= this.readAdditional())
  }

  private readAdditional(): JsonObject {
    const value = this.cell('AdditionalFields') ?? this.cells['AdditionalFields_dynamic']
    if (isObject(value)) return value
    const read = typeof value === 'string' ? readLosslessJson(value) : undefined
    return isObject(read) ? read : {}
  }

  /** Exports of the portal do not say which table a row is of. */
  private guessTable(): DeviceTable | undefined {
    const { action } = this
    const found = BY_ACTION.find(([pattern]) => pattern.test(action))
    if (found) return found[1]
    return this.cell('DeviceId') === undefined ? undefined : 'DeviceEvents'
  }
}

const BY_ACTION: readonly (readonly [RegExp, DeviceTable])[] = [
  [/^(?:ProcessCreated|OpenProcess)$/, 'DeviceProcessEvents'],
  [/^Logon(?:Success|Failed|Attempted)$/, 'DeviceLogonEvents'],
  [/^ImageLoaded$/, 'DeviceImageLoadEvents'],
  [/^File(?:Created|Modified|Renamed|Deleted)$/, 'DeviceFileEvents'],
  [/^Registry(?:Key|Value)/, 'DeviceRegistryEvents'],
  [/Connection|^NetworkSignatureInspected$/, 'DeviceNetworkEvents'],
]

function deviceTable(name: string): DeviceTable | undefined {
  const bare = name.replace(/^AdvancedHunting-/, '')
  return TABLES.has(bare) ? (bare as DeviceTable) : undefined
}

const filled = (value: JsonValue | undefined): JsonValue | undefined =>
  value === null || value === '' ? undefined : value
