import { splitArguments } from '../ecs/command-line'
import type { JsonObject, JsonValue } from '../lossless-json'
import { classifyRow, type RowClass } from './classify-row'
import type { HuntingRow } from './hunting-row'
import { mapFile } from './map-file'
import { mapNetwork } from './map-network'
import { mapProcess } from './map-process'
import { mapRegistry } from './map-registry'
import { KEPT_COLUMNS } from './own-columns'
import type { Put } from './put'

/**
 * A row of advanced hunting as Elastic's integration for Microsoft Defender XDR names its
 * fields; what it has no place for in ECS stands under `m365_defender.event`.
 * https://www.elastic.co/docs/reference/integrations/m365_defender
 */
export function mapHuntingRow(row: HuntingRow): JsonObject {
  const record: Record<string, JsonValue> = {}
  const put: Put = (field, value) => {
    if (value !== undefined) record[field] = value
  }
  const kind = classifyRow(row)
  mapEvent(row, kind, put)
  if (row.table) mapDevice(row, kind, put)
  mapUser(row, kind, put)
  keepOwnColumns(row, put)
  if (row.table) {
    mapProcess(row, kind, put)
    mapFile(row, kind, put)
    mapRegistry(row, put)
    mapNetwork(row, kind, put)
    splitCommandLines(record, put)
  }
  return record
}

function mapEvent(row: HuntingRow, { category, types, action }: RowClass, put: Put) {
  put('@timestamp', row.text('Timestamp') ?? row.text('TimeGenerated'))
  put('event.kind', 'event')
  put('event.category', category && [category])
  put('event.type', types.length > 0 ? [...types] : undefined)
  put('event.action', action)
  // Added by the agent, not by the pipeline.
  put('event.dataset', 'm365_defender.event')
  put('data_stream.dataset', 'm365_defender.event')
  if (row.table === 'DeviceLogonEvents')
    put('event.outcome', row.text('FailureReason') ? 'failure' : 'success')
}

function mapDevice(row: HuntingRow, { category }: RowClass, put: Put): void {
  const id = row.text('DeviceId')
  put('host.name', row.text('DeviceName')?.toLowerCase())
  put('host.id', id)
  put('device.id', id)
  put('cloud.instance.id', id)
  const publicIp = row.text('PublicIP')
  put('host.ip', publicIp && [publicIp])
  put('host.architecture', row.text('OSArchitecture'))
  put('host.os.type', osType(row, category))
  put('host.os.full', row.text('OSPlatform'))
  put('host.os.platform', row.text('OSDistribution'))
  put('host.os.version', row.text('OSVersion'))
  put('host.type', row.text('DeviceType'))
}

/** Rows other than DeviceInfo do not say it; only Windows has security identifiers. */
function osType(row: HuntingRow, category: string | undefined): string | undefined {
  const platform = row.text('OSPlatform')?.toLowerCase() ?? ''
  const named = ['windows', 'linux', 'macos'].find((os) => platform.includes(os))
  if (named) return named
  if (['api', 'registry', 'library', 'driver'].includes(category ?? '')) return 'windows'
  const sids = ['InitiatingProcessAccountSid', 'RequestAccountSid', 'AccountSid']
  if (sids.some((name) => row.text(name) !== undefined)) return 'windows'
  const path = row.text('InitiatingProcessFolderPath') ?? row.text('FolderPath')
  return path?.startsWith('/') ? 'unix' : undefined
}

/** Categories in which the user is whose process it was, if no other is named. */
const BY_PROCESS: readonly string[] = ['library', 'registry', 'network', 'driver', 'api']

function mapUser(row: HuntingRow, { category = '' }: RowClass, put: Put): void {
  const own = BY_PROCESS.includes(category) ? 'InitiatingProcessAccount' : undefined
  const first = (...names: readonly (string | undefined)[]): string | undefined =>
    names.map((name) => name && row.text(name)).find(Boolean)
  put('user.name', first('RequestAccountName', 'AccountName', own && `${own}Name`))
  put(
    'user.domain',
    first('AccountDomain', 'RequestAccountDomain', own && `${own}Domain`),
  )
  const isFile = category === 'file'
  put(
    'user.id',
    first(
      'AccountSid',
      own || isFile ? 'InitiatingProcessAccountSid' : undefined,
      isFile ? 'RequestAccountSid' : undefined,
    ),
  )
}

function keepOwnColumns(row: HuntingRow, put: Put): void {
  for (const [column, field] of KEPT_COLUMNS)
    put(`m365_defender.event.${field}`, row.cell(column))
  for (const [name, value] of Object.entries(row.additional))
    put(`m365_defender.event.additional_fields.${name}`, value)
}

function splitCommandLines(record: JsonObject, put: Put): void {
  for (const process of ['process', 'process.parent']) {
    const line = record[`${process}.command_line`]
    if (typeof line !== 'string') continue
    const args = splitArguments(line)
    put(`${process}.args`, args)
    put(`${process}.args_count`, args.length)
  }
}
