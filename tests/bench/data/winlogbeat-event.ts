import type { Draw } from './draw'
import type { Fleet, Machine, Running } from './fleet'
import type { Json } from './lean-event'
import { domains, extensions, folders, libraries, ports, registryKeys } from './names'
import { registryValues } from './names'

/*
 * Imitates what Winlogbeat sends of Sysmon and the Security log from a small network:
 * about 1.45 kB an event, a third of it the `message` that says everything once more,
 * half of all events process accesses. Repetitive: a new value comes once in six events.
 */

export interface Written {
  readonly category: string
  readonly type: string
  readonly action: string
  readonly code: number
  /** What the message begins with. */
  readonly title: string
  /** What only the message says of the record, since ECS has a place for it. */
  readonly said: Readonly<Record<string, string>>
  /** What is left for `event_data`; the message says it too. */
  readonly data: Readonly<Record<string, string>>
  /** What ECS has a place for. */
  readonly parts: Json
  readonly channel?: 'Security'
}

type Write = (draw: Draw, machine: Machine, process: Running) => Written

const guid = (process: Running): string => process.entityId

const about = (process: Running): Readonly<Record<string, string>> => ({
  ProcessGuid: guid(process),
  ProcessId: String(process.pid),
  Image: process.executable,
})

/** The ways into another process are few; the machine's uptime decides the addresses. */
const callTraces = (machine: Machine): readonly string[] =>
  Array.from(
    { length: 12 },
    (_, i) =>
      `C:\\Windows\\SYSTEM32\\ntdll.dll+${(0x9d204 + i * 16).toString(16)}|` +
      `C:\\Windows\\System32\\KERNELBASE.dll+${(0x2c13e + machine.number * 16).toString(16)}`,
  )

const accessProcess: Write = (draw, machine, process) => {
  const target = draw.pick(machine.running)
  return {
    category: 'process',
    type: 'access',
    action: 'Process accessed (rule: ProcessAccess)',
    code: 10,
    title: 'Process accessed',
    said: {
      SourceProcessGUID: guid(process),
      SourceProcessId: String(process.pid),
      SourceImage: process.executable,
    },
    data: {
      SourceThreadId: String(4 * draw.below(400)),
      TargetProcessGUID: guid(target),
      TargetProcessId: String(target.pid),
      TargetImage: target.executable,
      GrantedAccess: draw.lopsided(['0x1000', '0x1400', '0x1fffff', '0x40', '0x1010']),
      CallTrace: draw.lopsided(callTraces(machine)),
    },
    parts: {},
  }
}

const changeRegistry: Write = (draw, _machine, process) => {
  const key = `HKLM\\${draw.lopsided(registryKeys)}`
  const value = draw.lopsided(registryValues)
  const sub = draw.sometimes(6) ? `\\{${draw.hex(8)}}` : `\\Item${String(draw.below(40))}`
  const isSet = draw.sometimes(30)
  const details = draw.sometimes(90) ? 'DWORD (0x00000001)' : `Binary ${draw.hex(8)}`
  return {
    category: 'registry',
    type: 'change',
    action: isSet ? 'Registry value set' : 'Registry object added or deleted',
    code: isSet ? 13 : 12,
    title: isSet ? 'Registry value set' : 'Registry object added or deleted',
    said: { ...about(process), TargetObject: `${key}${sub}\\${value}` },
    data: {
      EventType: isSet ? 'SetValue' : 'CreateKey',
      ...(isSet && { Details: details }),
    },
    parts: {
      registry: {
        hive: 'HKLM',
        key: `${key.slice(5)}${sub}`,
        path: `${key}${sub}\\${value}`,
        value,
        ...(isSet && { data: { strings: [details], type: 'SZ_DWORD' } }),
      },
    },
  }
}

const loadImage: Write = (draw, _machine, process) => {
  const name = draw.lopsided(libraries)
  const path = `C:\\Windows\\System32\\${name}`
  return {
    category: 'library',
    type: 'start',
    action: 'Image loaded',
    code: 7,
    title: 'Image loaded',
    said: { ...about(process), ImageLoaded: path },
    data: {
      FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
      Company: 'Northlight Systems',
      Hashes: `SHA256=${name.padEnd(16, '0')},IMPHASH=00000000`,
      Signed: 'true',
      SignatureStatus: 'Valid',
    },
    parts: {
      dll: {
        name,
        path,
        code_signature: { exists: true, status: 'Valid', trusted: true },
        pe: { original_file_name: name, file_version: '10.0.19041.1' },
      },
    },
  }
}

const createFile: Write = (draw, _machine, process) => {
  const extension = draw.lopsided(extensions)
  const folder = draw.lopsided(folders).replace('{user}', process.user.name)
  const name = `${draw.sometimes(20) ? draw.hex(6) : 'state'}.${extension}`
  const path = `${folder}\\${name}`
  return {
    category: 'file',
    type: 'creation',
    action: 'File created',
    code: 11,
    title: 'File created',
    said: { ...about(process), TargetFilename: path },
    data: {},
    parts: { file: { name, path, extension, directory: folder } },
  }
}

const connect: Write = (draw, machine, process) => {
  const port = 49152 + draw.below(4000)
  const ip = `203.0.113.${String(draw.below(200))}`
  return {
    category: 'network',
    type: 'start',
    action: 'Network connection detected',
    code: 3,
    title: 'Network connection detected',
    said: {
      ...about(process),
      Protocol: 'tcp',
      SourceIp: machine.ip,
      SourcePort: String(port),
      DestinationIp: ip,
    },
    data: { Initiated: 'true' },
    parts: {
      source: { ip: machine.ip, port, domain: machine.name },
      destination: { ip, port: draw.lopsided(ports), domain: draw.lopsided(domains) },
      network: { direction: 'egress', transport: 'tcp', type: 'ipv4' },
    },
  }
}

const createProcess: Write = (_draw, _machine, process) => ({
  category: 'process',
  type: 'start',
  action: 'Process Create',
  code: 1,
  title: 'Process Create',
  said: {
    ...about(process),
    CommandLine: process.commandLine,
    ParentImage: process.parent?.executable ?? '-',
  },
  data: { IntegrityLevel: 'System', LogonId: '0x3e7', TerminalSessionId: '0' },
  parts: {
    process: {
      args: process.args,
      command_line: process.commandLine,
      hash: { sha256: process.sha256 },
      pe: { original_file_name: process.name },
      ...(process.parent && {
        parent: {
          entity_id: process.parent.entityId,
          executable: process.parent.executable,
          name: process.parent.name,
          pid: process.parent.pid,
          command_line: process.parent.commandLine,
        },
      }),
    },
  },
})

const logOn: Write = (draw, machine, process) => ({
  category: 'authentication',
  type: 'start',
  action: 'logged-in',
  code: 4624,
  title: 'An account was successfully logged on.',
  channel: 'Security',
  said: {},
  data: {
    SubjectUserName: `${machine.name.toUpperCase()}$`,
    TargetUserName: process.user.name,
    TargetUserSid: process.user.id,
    LogonType: draw.pick(['3', '5', '2']),
    IpAddress: machine.ip,
    LogonProcessName: 'Advapi',
    AuthenticationPackageName: 'Negotiate',
  },
  parts: { source: { ip: machine.ip, port: 0 } },
})

const scheduleTask: Write = (draw, machine, process) => {
  const isNew = draw.sometimes(50)
  const done = isNew ? 'created' : 'deleted'
  return {
    category: 'iam',
    type: isNew ? 'creation' : 'deletion',
    action: `scheduled-task-${done}`,
    code: isNew ? 4698 : 4699,
    title: `A scheduled task was ${done}.`,
    channel: 'Security',
    said: {},
    data: {
      SubjectUserName: process.user.name,
      SubjectLogonId: '0x3e7',
      TaskName: `\\Jobs\\${machine.name}\\${draw.hex(1)}`,
    },
    parts: {},
  }
}

/** What is written, and how often in a hundred records. */
const records: readonly (readonly [share: number, write: Write])[] = [
  [45, accessProcess],
  [20, changeRegistry],
  [18, loadImage],
  [4, createFile],
  [3, connect],
  [2, createProcess],
  [7, logOn],
  [1, scheduleTask],
]
const lottery = records.flatMap(([share, write]) => Array<Write>(share).fill(write))

/** What happened, before it is written in one shape or another. */
export interface Happened {
  readonly machine: Machine
  readonly process: Running
  readonly written: Written
}

export function drawEvent(fleet: Fleet): Happened {
  const { draw } = fleet
  const machine = draw.pick(fleet.machines)
  const write = draw.pick(lottery)
  const process =
    write === createProcess ? fleet.start(machine) : draw.lopsided(machine.running)
  return { machine, process, written: write(draw, machine, process) }
}

/** What is said in the message. */
export function sayEvent({ said, data, channel, title }: Written, time: number) {
  const utcTime = new Date(time).toISOString().replace('T', ' ').replace('Z', '')
  const isSysmon = channel !== 'Security'
  const all = { ...(isSysmon && { RuleName: '-', UtcTime: utcTime }), ...said, ...data }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return { all, lines: [`${title}:`, ...lines] }
}

export function makeWinlogbeatEvent(fleet: Fleet, time: number, record: number): Json {
  return wrap(drawEvent(fleet), time, record)
}

function wrap(
  { machine, process, written }: Happened,
  time: number,
  record: number,
): Json {
  const { channel = 'Microsoft-Windows-Sysmon/Operational', code, parts, data } = written
  const isSysmon = channel !== 'Security'
  const stamp = new Date(time).toISOString()
  const { name, executable, entityId, pid, user } = process
  return {
    '@timestamp': stamp,
    ...parts,
    agent: {
      id: machine.agentId,
      type: 'winlogbeat',
      version: '8.18.0',
    },
    event: {
      action: written.action,
      category: [written.category],
      code: String(code),
      kind: 'event',
      module: isSysmon ? 'sysmon' : 'security',
      provider: isSysmon
        ? 'Microsoft-Windows-Sysmon'
        : 'Microsoft-Windows-Security-Auditing',
      type: [written.type],
    },
    host: {
      id: machine.id,
      name: machine.name,
      os: { family: 'windows', type: 'windows' },
    },
    message: sayEvent(written, time).lines.join('\n'),
    process: {
      entity_id: entityId,
      executable,
      name,
      pid,
      ...(parts['process'] as Json | undefined),
    },
    user,
    winlog: {
      channel,
      computer_name: `${machine.name}.corp.example`,
      event_data: data,
      event_id: String(code),
      provider_name: isSysmon
        ? 'Microsoft-Windows-Sysmon'
        : 'Microsoft-Windows-Security-Auditing',
      record_id: record,
    },
  }
}
