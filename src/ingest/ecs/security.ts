import { accessRights, accountFlags } from './access-rights'
import { cutArguments } from './command-line'
import { all, copied, type DataRule, type DataRules, long } from './data-rule'
import { named, plainAddress, text, word } from './data-rule'
import type { EventWriter } from './event-writer'
import type { FamilyTable } from './plan'
import { putScheduledTask } from './scheduled-task'
import { SECURITY_EVENTS } from './security-events'
import { usersOf } from './security-users'

/** A program: what is behind its last backslash, or all of it, is its name. */
const program = (object: string): DataRule =>
  named((out, value, from) => {
    out.put(`${object}.executable`, value, from)
    out.put(`${object}.name`, value.slice(value.lastIndexOf('\\') + 1), from)
  })

/** Unlike Sysmon's: quotes stay. */
const cutLine = named((out, value, from) => {
  const args = cutArguments(value)
  out.put('process.args', args, from)
  out.put('process.args_count', args.length, from)
  out.put('process.command_line', value, from)
})

const listOf = (field: string, read: (value: string) => string[]): DataRule =>
  copied(
    named((out, value, from) => {
      const words = read(value)
      if (words.length > 0) out.put(field, words, from)
    }),
  )

/** https://learn.microsoft.com/en-us/windows/security/threat-protection/auditing/event-4624 */
const LOGON_TYPES: Readonly<Record<string, string>> = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'NetworkCleartext',
  9: 'NewCredentials',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
}

/** https://learn.microsoft.com/en-us/windows/security/threat-protection/auditing/event-4697 */
const SERVICE_TYPES: Readonly<Record<string, string>> = {
  '0x1': 'Kernel Driver',
  '0x2': 'File System Driver',
  '0x8': 'Recognizer Driver',
  '0x10': 'Win32 Own Process',
  '0x20': 'Win32 Share Process',
  '0x110': 'Interactive Own Process',
  '0x120': 'Interactive Share Process',
}

/** Values that mean the same in all events, and stay. */
const RULES: DataRules = {
  LogonType: copied(word('winlog.logon.type', LOGON_TYPES)),
  NewUacValue: listOf('winlog.event_data.NewUACList', accountFlags),
  AccessMask: listOf('winlog.event_data.AccessMaskDescription', accessRights),
  ServiceName: copied(text('service.name')),
  ServiceType: copied(word('service.type', SERVICE_TYPES)),
}

const WITH_PROCESS = new Set(
  `1100 1102 1104 1105 1108 4624 4625 4648 4670 4673 4674 4689 4697 4719 4720 4722 4723 4724
  4725 4726 4727 4728 4729 4730 4731 4732 4733 4734 4735 4737 4738 4740 4741 4742 4743 4744
  4745 4746 4747 4748 4749 4750 4751 4752 4753 4754 4755 4756 4757 4758 4759 4760 4761 4762
  4763 4764 4767 4768 4769 4770 4771 4798 4799 4817 4904 4905 4907 4912 5140 5145`.split(
    /\s+/,
  ),
)

/** From which program and machine it came. */
const PROCESS: DataRules = {
  ProcessId: long('process.pid'),
  ProcessName: program('process'),
  IpAddress: plainAddress('source.ip'),
  IpPort: long('source.port'),
  WorkstationName: text('source.domain'),
}

const CREATED_PROCESS: DataRules = {
  NewProcessId: long('process.pid'),
  NewProcessName: program('process'),
  ProcessId: copied(long('process.parent.pid')),
  ParentProcessName: program('process.parent'),
  CommandLine: copied(cutLine),
}

const SESSION: DataRules = {
  ClientAddress: copied(
    named((out, value, from) => {
      const address = value === 'LOCAL' ? '127.0.0.1' : value
      plainAddress('source.ip').write(out, address, from)
    }),
  ),
  ClientName: copied(text('source.domain')),
}

/** https://www.iana.org/assignments/protocol-numbers */
const TRANSPORTS: Readonly<Record<string, string>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'ipv6-icmp',
}

const DIRECTIONS = new Map([
  ['%%14592', ['inbound', 'ingress']],
  ['%%14593', ['outbound', 'egress']],
])

/** A list of one word; extended mode adds the word that rules ask for. */
const direction = copied(
  named((out, value, from) => {
    const [plain, other] = DIRECTIONS.get(value) ?? []
    if (plain === undefined || other === undefined) return
    if (out.isExtended) out.extend('network.direction', [plain, other], [plain], from)
    else out.put('network.direction', [plain], from)
  }),
)

const FIREWALL: DataRules = {
  SourceAddress: plainAddress('source.ip'),
  SourcePort: long('source.port'),
  DestAddress: plainAddress('destination.ip'),
  DestPort: long('destination.port'),
  Protocol: copied(
    all(text('network.iana_number'), word('network.transport', TRANSPORTS)),
  ),
  Application: program('process'),
  Direction: direction,
}

const SHARE: DataRules = {
  ...PROCESS,
  RelativeTargetName: copied(text('file.name')),
  ShareLocalPath: copied(text('file.directory')),
}

const registryPath = copied(text('registry.path'))

const keyPath = copied(
  named((out, value, from) => {
    const isKey = out.datum('ObjectType') === 'Key'
    if (isKey || value.toUpperCase().startsWith('\\REGISTRY\\'))
      out.put('registry.path', value, from)
  }),
)

const privileges: DataRules = {
  PrivilegeList: named((out, value, from) =>
    out.put('winlog.event_data.PrivilegeList', value.trim().split(/\s+/), from),
  ),
}

/** The definition of a task; of one that is changed, the new one. */
const TASK: DataRules = {
  TaskName: copied(text('winlog.scheduled_task.name')),
  TaskContent: copied(named(putScheduledTask)),
}

const RULES_OF: Readonly<Record<string, DataRules>> = {
  4656: { ObjectName: keyPath },
  4657: { ObjectName: registryPath },
  4658: { ObjectName: keyPath },
  4660: { ObjectName: keyPath },
  4661: { ObjectName: keyPath },
  4662: { ObjectName: keyPath },
  4663: { ObjectName: keyPath },
  4672: privileges,
  4673: privileges,
  4674: privileges,
  4688: CREATED_PROCESS,
  4698: TASK,
  4699: TASK,
  4700: TASK,
  4701: TASK,
  4702: { TaskName: TASK['TaskName']!, TaskContentNew: TASK['TaskContent']! },
  4741: privileges,
  4742: privileges,
  4743: privileges,
  4778: SESSION,
  4779: SESSION,
  5136: { OperationType: copied(text('event.reason')) },
  5140: SHARE,
  5145: SHARE,
  5152: FIREWALL,
  5156: FIREWALL,
  5157: FIREWALL,
  5158: FIREWALL,
}

function rulesOf(code: string): DataRules {
  const own = Object.hasOwn(RULES_OF, code) ? RULES_OF[code]! : {}
  return WITH_PROCESS.has(code) ? { ...PROCESS, ...own } : own
}

/** A file of a share: its extension, and where it is on the machine and on the network. */
function putShare(out: EventWriter): void {
  const name = out.datum('RelativeTargetName')
  if (name === undefined) return
  const from = 'EventData.RelativeTargetName'
  const local = out.datum('ShareLocalPath')
  if (local !== undefined)
    out.put('file.path', `${local}\\${name}`, `EventData.ShareLocalPath ${from}`)
  const share = out.datum('ShareName')
  if (share !== undefined)
    out.put('file.target_path', `${share}\\${name}`, `EventData.ShareName ${from}`)
  const dot = name.lastIndexOf('.')
  if (dot >= 0) out.put('file.extension', name.slice(dot + 1), from)
}

/** The Security log, most of whose values also stay in EventData (events-ecs.md 2.2). */
export const security: FamilyTable = {
  events: SECURITY_EVENTS,
  rules: RULES,
  rulesOf,
  dropsBlanks: true,
  finish: (code) =>
    code === '5140' || code === '5145' ? [...usersOf(code), putShare] : usersOf(code),
}
