import type { JsonObject, JsonValue } from '../lossless-json'
import { actionOf } from './audit-actions'
import type { AuditLine } from './audit-line'
import { AuditRecord } from './audit-record'
import { IDENTITIES, userPartsOf } from './audit-users'
import { readTitle, readValue, unhex } from './audit-values'
import { readSocketAddress } from './socket-address'
import { nameArchitecture, nameSyscall } from './syscalls'

type Put = (field: string, value: JsonValue | undefined) => void

/**
 * An event of the audit log of Linux, joined of its lines, as Elastic's integrations for
 * it name the fields: what ECS has a place for, and all else both under `auditd.log`, where
 * single lines have it, and under `auditd.data`, where joined ones do.
 * https://www.elastic.co/docs/reference/integrations/auditd
 */
export function mapAudit(lines: readonly AuditLine[]): JsonObject {
  const record = new AuditRecord(lines)
  const fields: Record<string, JsonValue> = {}
  const put: Put = (field, value) => {
    if (value !== undefined && !(field in fields)) fields[field] = value
  }
  putEvent(record, put)
  putHost(record, put)
  putProcess(record, put)
  putUsers(record, put)
  putFile(record, put)
  putConnection(record, put)
  putRest(record, put)
  return fields
}

/** The system call, by its name where the number is known. */
const syscallOf = (record: AuditRecord): string | undefined => {
  const number = record.text('syscall')
  if (number === undefined) return undefined
  return record.text('SYSCALL') ?? nameSyscall(record.text('arch') ?? '', number)
}

function putEvent(record: AuditRecord, put: Put): void {
  const { epoch, serial, type } = record.first
  const found = actionOf(type, syscallOf(record))
  put('@timestamp', printTime(epoch))
  put('event.kind', 'event')
  put('event.module', 'auditd')
  put('event.dataset', 'auditd.log')
  put('data_stream.dataset', 'auditd.log')
  put('event.action', found?.action ?? type.toLowerCase().replaceAll('_', '-'))
  if (found && found.categories.length > 0) {
    put('event.category', [...found.categories])
    put('event.type', [...found.types])
  }
  const outcome = outcomeOf(record.text('success') ?? record.text('res'))
  put('event.outcome', outcome)
  put('auditd.result', outcome === 'failure' ? 'fail' : outcome)
  put('event.sequence', Number(serial))
  put('auditd.message_type', type.toLowerCase())
  put('auditd.log.record_type', type)
  put('auditd.log.sequence', Number(serial))
  put('auditd.session', unset(record.text('ses')))
  const key = record.text('key')
  put('tags', key?.split('\x01'))
}

/** Seconds with their fraction, as ISO 8601 with no fewer digits than milliseconds. */
function printTime(epoch: string): string {
  const [seconds = '', fraction = ''] = epoch.split('.')
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -5)
  return `${whole}.${fraction.padEnd(3, '0')}Z`
}

function outcomeOf(result: string | undefined): string | undefined {
  if (result === undefined) return undefined
  if (['yes', '1', 'success'].includes(result)) return 'success'
  return ['no', '0', 'failed', 'fail'].includes(result) ? 'failure' : 'unknown'
}

function putHost(record: AuditRecord, put: Put): void {
  const { host } = record
  const architecture = record.text('arch')
  put('host.name', host)
  put('auditd.log.node', host)
  // The agent adds it, not the pipeline.
  put('host.os.type', 'linux')
  put('host.architecture', architecture && nameArchitecture(architecture))
}

function putProcess(record: AuditRecord, put: Put): void {
  put('process.pid', readInteger(record.text('pid')))
  put('process.parent.pid', readInteger(record.text('ppid')))
  put('process.name', record.text('comm'))
  put('process.executable', record.text('exe'))
  put('process.working_directory', ownText(record, 'CWD', 'cwd') ?? record.text('cwd'))
  const title = ownText(record, 'PROCTITLE', 'proctitle') ?? record.text('proctitle')
  put('process.title', title && readTitle(title))
  const args = argumentsOf(record)
  put('process.args', args)
  put('process.args_count', args?.length)
}

const ownText = (record: AuditRecord, type: string, key: string): string | undefined =>
  record
    .linesOf(type)
    .map(({ fields }) => readValue(key, fields.get(key)))
    .find((text) => text !== undefined)

const ARGUMENT = /^a(\d{1,6})(?:\[(\d{1,6})\])?$/

/** Arguments may be cut into pieces, `a2[0]`, `a2[1]`, and stand on several lines. */
function argumentsOf(record: AuditRecord): string[] | undefined {
  const found = record
    .linesOf('EXECVE')
    .flatMap(({ fields }) => [...fields])
    .flatMap(([key, { text, isQuoted }]) => {
      const [, at, piece = '0'] = ARGUMENT.exec(key) ?? []
      return at ? [{ at: Number(at), piece: Number(piece), text, isQuoted }] : []
    })
    .sort((a, b) => a.at - b.at || a.piece - b.piece)
  const args = new Map<number, { text: string; readonly isQuoted: boolean }>()
  for (const { at, text, isQuoted } of found) {
    const begun = args.get(at)
    if (begun) begun.text += text
    else args.set(at, { text, isQuoted })
  }
  if (args.size > 0)
    return Array.from(args.values(), ({ text, isQuoted }) =>
      isQuoted ? text : (unhex(text) ?? text),
    )
  return (record.text('cmdline') ?? record.text('cmd'))?.split(/\s+/)
}

function putUsers(record: AuditRecord, put: Put): void {
  const { type } = record.first
  for (const { target, keys } of userPartsOf(type)) {
    const key = keys.find((name) => record.text(name) !== undefined)
    if (key === undefined) continue
    putIdentity(record, key, target, put)
  }
  for (const [key, target] of IDENTITIES) {
    putIdentity(record, key, target, put)
    if (!target.startsWith('user.group') && !target.startsWith('user.effective'))
      putIdentity(record, key, `auditd.${target}`, put)
  }
  put('user.name', record.text('acct') ?? record.text('user'))
  put('user.terminal', record.text('terminal'))
}

/** Numbers are ids; their names stand in the tail of an enriched line. */
function putIdentity(record: AuditRecord, key: string, target: string, put: Put): void {
  const text = unset(record.text(key))
  if (text === undefined) return
  const isId = /^(?:\d+|unset)$/.test(text)
  put(`${target}.${isId ? 'id' : 'name'}`, text)
  const name = record.text(key.toUpperCase().replaceAll('-', '_'))
  if (isId && name !== 'unset') put(`${target}.name`, name)
}

/** What was never set is the largest number there is. */
const unset = (text: string | undefined): string | undefined =>
  text === '4294967295' || text === '-1' ? 'unset' : text

/** The file that a system call was about: of several paths not the folder it is in. */
function putFile(record: AuditRecord, put: Put): void {
  const paths = record.linesOf('PATH').map((line) => readAll(line))
  if (paths.length > 0) put('auditd.paths', paths)
  const own = paths.filter((path) => path['nametype'] !== 'PARENT')
  // An unlinked or created entry comes last, behind its folder.
  const path = isExecution(record) ? own[0] : own.at(-1)
  const name = path?.['name'] ?? record.text('path_name')
  if (typeof name !== 'string') return
  const folder = ownText(record, 'CWD', 'cwd')
  const isWhole = name.startsWith('/') || folder === undefined
  put('file.path', isWhole ? name : `${folder.replace(/\/$/, '')}/${name}`)
  put('file.inode', path?.['inode'])
  put('file.mode', path?.['mode'])
  put('file.uid', path?.['ouid'])
  put('file.gid', path?.['ogid'])
}

const isExecution = (record: AuditRecord): boolean =>
  /^execve(?:at)?$/.test(syscallOf(record) ?? '')

/** In the tail of an enriched line: the name of what has a number in the line. */
const isName = (key: string): boolean => /^[A-Z_]+$/.test(key)

/** What a line says, by its own keys. */
function readAll({ fields }: AuditLine): JsonObject {
  const read: Record<string, JsonValue> = {}
  for (const [key, value] of fields) {
    const text = readValue(key, value)
    if (text !== undefined && !isName(key)) read[key.replaceAll('-', '_')] = text
  }
  return read
}

const INCOMING = /^(?:accept4?|recv(?:from|msg|mmsg)?)$/
const OUTGOING = /^(?:connect|send(?:to|msg|mmsg)?)$/

function putConnection(record: AuditRecord, put: Put): void {
  const syscall = syscallOf(record) ?? ''
  const isIncoming = INCOMING.test(syscall)
  if (isIncoming) put('network.direction', 'ingress')
  if (OUTGOING.test(syscall)) put('network.direction', 'egress')
  const [line] = record.linesOf('SOCKADDR')
  const socket = line && readSocketAddress(line.fields.get('saddr')?.text ?? '')
  if (socket) {
    const end = isIncoming ? 'source' : 'destination'
    put('auditd.data.socket.family', socket.family)
    put('auditd.data.socket.addr', socket.address)
    put('auditd.data.socket.port', socket.port)
    put('auditd.data.socket.path', socket.path)
    put(`${end}.ip`, socket.address)
    put(`${end}.address`, socket.address ?? socket.path)
    put(`${end}.port`, socket.port)
  }
  const address = record.text('src') ?? record.text('addr')
  put('source.address', address)
  if (address !== undefined && /^(?:\d+\.){3}\d+$|:.*:/.test(address))
    put('source.ip', address)
  put('destination.address', record.text('dst'))
}

/** Keys that have a place above, or are names for numbers that have. */
const PLACED: ReadonlySet<string> = new Set([
  ...['acct', 'agid', 'auid', 'comm', 'cwd', 'egid', 'euid', 'exe', 'fsgid', 'fsuid'],
  ...['gid', 'pid', 'ppid', 'proctitle', 'sgid', 'suid', 'uid', 'user'],
])

function putRest(record: AuditRecord, put: Put): void {
  for (const key of record.keys()) {
    if (PLACED.has(key) || isName(key)) continue
    const text = key === 'syscall' ? syscallOf(record) : unset(record.text(key))
    const value = key === 'arch' && text ? nameArchitecture(text) : text
    const name = key.replaceAll('-', '_')
    put(`auditd.log.${name}`, value)
    put(`auditd.data.${name}`, value)
  }
  for (const { fields } of record.linesOf('EXECVE'))
    put('auditd.data.argc', readInteger(fields.get('argc')?.text))
}

const readInteger = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
