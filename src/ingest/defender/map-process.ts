import { joinPath } from './file-path'
import type { RowClass } from './classify-row'
import type { HuntingRow } from './hunting-row'
import type { Put } from './put'

/**
 * The processes of a row. The initiating process is the one that acts, but in rows of
 * DeviceProcessEvents, and in most of DeviceEvents, it is the parent of the one told of:
 *
 *     table                  process              process.parent
 *     DeviceProcessEvents    Process…, FileName   InitiatingProcess…
 *     others                 InitiatingProcess…   InitiatingProcessParent…
 */
export function mapProcess(row: HuntingRow, kind: RowClass, put: Put): void {
  if (isOfParent(row, kind)) {
    putTarget(row, 'process', put)
    putInitiating(row, 'process.parent', true, put)
    putLeader(row, 'process.parent.group_leader', put)
    putSignature(row, 'process.parent', put)
  } else {
    putInitiating(row, 'process', kind.category !== 'library', put)
    putParent(row, put)
    put('process.code_signature.status', row.text('InitiatingProcessSignatureStatus'))
    if (isCall(kind)) putLeader(row, 'process.group_leader', put)
  }
  if (kind.category === 'api') putCall(row, put)
  if (isOfParent(row, kind) || kind.category === 'library')
    put(
      'process.Ext.token.integrity_level_name',
      row.text('InitiatingProcessIntegrityLevel'),
    )
  putOwn(row, kind, put)
}

const isCall = ({ category }: RowClass): boolean =>
  category === 'api' || category === 'driver'

function isOfParent({ table, action }: HuntingRow, kind: RowClass): boolean {
  if (table === 'DeviceProcessEvents') return true
  if (table !== 'DeviceEvents' || isCall(kind)) return false
  return !DONE_BY_ITSELF.has(action.toLowerCase())
}

/** Actions of DeviceEvents in which the initiating process is the one that acts. */
const DONE_BY_ITSELF: ReadonlySet<string> = new Set([
  ...['antivirusscancancelled', 'antivirusscancompleted', 'antivirusscanfailed'],
  ...['appcontrolpolicyapplied', 'appguardbrowsetourl', 'appguardcreatecontainer'],
  ...['appguardlaunchedwithurl', 'appguardresumecontainer', 'auditpolicymodification'],
  ...['browserlaunchedtoopenurl', 'clrunbackedmoduleloaded', 'controlflowguardviolation'],
  ...['dnsqueryresponse', 'dpapiaccessed', 'exploitguardacgenforced'],
  ...['exploitguardwin32systemcallblocked', 'getclipboarddata', 'ldapsearch'],
  ...['memoryremoteprotect', 'namedpipeevent', 'otheralertrelatedactivity'],
  ...['powershellcommand', 'processprimarytokenmodified', 'screenshottaken'],
  ...['smartscreenurlwarning', 'writetolsassprocessmemory'],
])

/** The process that a row is about, by the columns of its file. */
function putTarget(row: HuntingRow, process: string, put: Put): void {
  put(`${process}.executable`, row.text('FolderPath'))
  put(`${process}.name`, row.text('FileName'))
  put(`${process}.hash.md5`, row.text('MD5'))
  put(`${process}.hash.sha1`, row.text('SHA1'))
  put(`${process}.hash.sha256`, row.text('SHA256'))
}

function putInitiating(
  row: HuntingRow,
  process: string,
  withFile: boolean,
  put: Put,
): void {
  const of = (column: string): string | undefined =>
    row.text(`InitiatingProcess${column}`)
  const pid = row.number('InitiatingProcessId')
  put(`${process}.command_line`, of('CommandLine')?.trim())
  put(`${process}.pid`, pid)
  put(`${process}.entity_id`, entityId(row, pid, of('CreationTime')))
  put(`${process}.start`, of('CreationTime'))
  put(`${process}.name`, of('FileName'))
  put(`${process}.executable`, joinPath(of('FolderPath'), of('FileName')))
  if (!withFile) return
  put(`${process}.hash.md5`, of('MD5'))
  put(`${process}.hash.sha1`, of('SHA1'))
  put(`${process}.hash.sha256`, of('SHA256'))
  putVersionInfo(row, 'InitiatingProcess', process, put)
}

const VERSION_INFO: readonly (readonly [column: string, field: string])[] = [
  ['CompanyName', 'company'],
  ['FileDescription', 'description'],
  ['OriginalFileName', 'original_file_name'],
  ['ProductName', 'product'],
  ['ProductVersion', 'file_version'],
]

function putVersionInfo(row: HuntingRow, prefix: string, process: string, put: Put) {
  for (const [column, field] of VERSION_INFO)
    put(`${process}.pe.${field}`, row.text(`${prefix}VersionInfo${column}`))
}

function putParent(row: HuntingRow, put: Put): void {
  const pid = row.number('InitiatingProcessParentId')
  const start = row.text('InitiatingProcessParentCreationTime')
  put('process.parent.pid', pid)
  put('process.parent.entity_id', entityId(row, pid, start))
  put('process.parent.name', row.text('InitiatingProcessParentFileName'))
  put('process.parent.start', start)
}

function putLeader(row: HuntingRow, leader: string, put: Put): void {
  put(`${leader}.pid`, row.number('InitiatingProcessParentId'))
  put(`${leader}.name`, row.text('InitiatingProcessParentFileName'))
  put(`${leader}.start`, row.text('InitiatingProcessParentCreationTime'))
}

function putSignature(row: HuntingRow, process: string, put: Put): void {
  const status = row.text('InitiatingProcessSignatureStatus')
  const signature = `${process}.code_signature`
  put(`${signature}.status`, status === 'Valid' ? 'trusted' : status)
  if (status !== 'Valid' && status !== 'Unsigned') return
  put(`${signature}.exists`, status === 'Valid')
  put(`${signature}.trusted`, status === 'Valid')
}

/** Columns of the process itself, which win over those of the one that acts. */
function putOwn(row: HuntingRow, kind: RowClass, put: Put): void {
  const pid = row.number('ProcessId')
  const start = row.text('ProcessCreationTime')
  put('process.command_line', row.text('ProcessCommandLine')?.trim())
  put('process.start', start)
  put('process.pid', pid)
  if (pid !== undefined && (isOfParent(row, kind) || start))
    put('process.entity_id', entityId(row, pid, start))
  putVersionInfo(row, 'Process', 'process', put)
}

const REMOTE_CALLS: ReadonlySet<string> = new Set([
  ...['createremotethreadapicall', 'ntallocatevirtualmemoryremoteapicall'],
  ...['openprocessapicall', 'readprocessmemoryapicall'],
])

function putCall(row: HuntingRow, put: Put): void {
  const { action, additional } = row
  put(
    'process.Ext.api.name',
    action.slice(0, action.toLowerCase().lastIndexOf('apicall')),
  )
  const parameters = 'process.Ext.api.parameters'
  const { ProtectionMask: protection } = additional
  put(`${parameters}.size`, additional['RegionSize'])
  put(
    `${parameters}.protection`,
    typeof protection === 'number' ? String(protection) : protection,
  )
  put(`${parameters}.address`, additional['BaseAddress'])
  put(`${parameters}.desired_access_numeric`, additional['DesiredAccess'])
  if (!REMOTE_CALLS.has(action.toLowerCase())) return
  put('Target.process.name', row.text('FileName'))
  put('Target.process.command_line', row.text('ProcessCommandLine'))
  put('Target.process.executable', joinPath(row.text('FolderPath'), row.text('FileName')))
}

/** Defender has no id of its own for a process: numbers come again, with another start. */
function entityId(
  row: HuntingRow,
  pid: number | string | undefined,
  start: string | undefined,
): string | undefined {
  if (pid === undefined) return undefined
  const parts = [row.text('DeviceId') ?? row.text('DeviceName'), String(pid), start]
  return parts.filter(Boolean).join('-')
}
