import type { Draw } from './draw'
import type { Fleet, Machine, Running } from './fleet'
import {
  domains,
  extensions,
  folders,
  libraries,
  ports,
  registryKeys,
  registryValues,
} from './names'

/*
 * Imitates what an endpoint sensor with nested ECS sends (Elastic Defend's shape): six
 * kinds of events, about 1.1 kB each, 105 leaf fields among them all. On purpose much
 * is new: about one value an event, in the fields that rules name, was never there before.
 */

export interface Json {
  readonly [key: string]:
    string | number | boolean | Json | readonly string[] | readonly Json[]
}

interface Happening {
  readonly category: string
  readonly type: string
  readonly action: string
  /** What stands beside `process`. */
  readonly parts: Json
  /** What the event tells of the process beyond its identity. */
  readonly process?: Json
}

type Happen = (draw: Draw, process: Running) => Happening

const publicAddress = (draw: Draw): string =>
  `198.51.${String(draw.below(60))}.${String(1 + draw.below(250))}`

const signature = (isSigned: boolean): Json =>
  isSigned
    ? {
        exists: true,
        status: 'trusted',
        subject_name: 'Northlight Systems',
        trusted: true,
      }
    : { exists: false, status: 'errorUnknown', trusted: false }

const tellProcess = (process: Running): Json => ({
  args: process.args,
  args_count: process.args.length,
  command_line: process.commandLine,
  working_directory: 'C:\\Windows\\System32\\',
  hash: { sha256: process.sha256 },
  pe: { original_file_name: process.name },
  code_signature: signature(process.executable.startsWith('C:\\Windows')),
  ...(process.parent && { parent: tellParent(process.parent) }),
})

const tellParent = (parent: Running): Json => ({
  args_count: parent.args.length,
  command_line: parent.commandLine,
  entity_id: parent.entityId,
  executable: parent.executable,
  name: parent.name,
  pid: parent.pid,
})

const begin: Happen = (draw, process) => ({
  category: 'process',
  type: 'start',
  action: 'start',
  parts: {},
  process: {
    ...tellProcess(process),
    Ext: {
      authentication_id: '0x3e7',
      token: {
        elevation: draw.sometimes(30),
        elevation_type: 'default',
        integrity_level_name: draw.pick(['system', 'high', 'medium']),
      },
    },
  },
})

const end: Happen = (draw, process) => ({
  category: 'process',
  type: 'end',
  action: 'end',
  parts: {},
  process: { ...tellProcess(process), exit_code: draw.below(3), uptime: draw.below(900) },
})

const connect: Happen = (draw) => {
  const outgoing = draw.sometimes(70)
  const near = { address: '10.20.0.9', ip: '10.20.0.9', port: 49152 + draw.below(16000) }
  const far = publicAddress(draw)
  return {
    category: 'network',
    type: 'start',
    action: outgoing ? 'connection_attempted' : 'connection_accepted',
    parts: {
      destination: {
        address: far,
        ip: far,
        port: draw.lopsided(ports),
        bytes: 60 * draw.below(90),
        geo: { country_iso_code: draw.pick(['SE', 'PL', 'MX', 'NG']) },
      },
      source: { ...near, bytes: 60 * draw.below(90) },
      network: {
        bytes: 60 * draw.below(400),
        direction: outgoing ? 'egress' : draw.pick(['ingress', 'incoming']),
        transport: draw.sometimes(80) ? 'tcp' : 'udp',
        type: 'ipv4',
        protocol: 'tls',
      },
    },
  }
}

const resolve: Happen = (draw) => {
  const domain = draw.lopsided(domains)
  const name = draw.sometimes(70)
    ? `www${String(draw.below(40))}.${domain}`
    : `${draw.hex(8)}.${domain}`
  return {
    category: 'network',
    type: 'info',
    action: 'lookup_result',
    parts: {
      dns: {
        Ext: { options: 0, status: 0 },
        question: { name, registered_domain: domain, type: 'A' },
        resolved_ip: [publicAddress(draw), publicAddress(draw)],
      },
      network: { protocol: 'dns' },
    },
  }
}

const touchFile: Happen = (draw, process) => {
  const extension = draw.lopsided(extensions)
  const stem = draw.sometimes(30) ? draw.hex(8) : `cache-${String(draw.below(300))}`
  const folder = draw.lopsided(folders).replace('{user}', process.user.name)
  const action = draw.pick(['creation', 'creation', 'overwrite', 'deletion', 'rename'])
  const name = `${stem}.${extension}`
  return {
    category: 'file',
    type: action === 'overwrite' || action === 'rename' ? 'change' : action,
    action,
    parts: {
      file: {
        Ext: {
          entropy: draw.below(80) / 10,
          header_bytes: draw.pick(['4d5a900003000000', '504b030414000600', '7b22']),
          monotonic_id: draw.below(1e6),
          windows: { zone_identifier: draw.below(4) },
          ...(action === 'rename' && {
            original: {
              name: `${stem}.tmp`,
              extension: 'tmp',
              path: `${folder}\\${stem}.tmp`,
            },
          }),
        },
        extension,
        name,
        owner: process.user.name,
        path: `${folder}\\${name}`,
        size: draw.sometimes(75) ? 4096 : draw.below(1e6),
      },
    },
  }
}

const writeRegistry: Happen = (draw) => {
  const key = draw.lopsided(registryKeys)
  const value = draw.lopsided(registryValues)
  const sub = draw.sometimes(45) ? `\\{${draw.hex(8)}}` : ''
  return {
    category: 'registry',
    type: 'change',
    action: 'modification',
    parts: {
      registry: {
        data: {
          strings: [draw.sometimes(65) ? String(draw.below(500)) : `0x${draw.hex(16)}`],
          type: draw.pick(['REG_SZ', 'REG_DWORD', 'REG_BINARY']),
        },
        hive: 'HKLM',
        key: `${key}${sub}`,
        path: `HKLM\\${key}${sub}\\${value}`,
        value,
      },
    },
  }
}

const loadLibrary: Happen = (draw) => {
  const name = draw.sometimes(97) ? draw.lopsided(libraries) : `${draw.hex(6)}.dll`
  return {
    category: 'library',
    type: 'start',
    action: 'load',
    parts: {
      dll: {
        Ext: {
          defense_evasions: draw.sometimes(2) ? ['unbacked'] : [],
          load_index: 1 + draw.below(3),
          relative_file_creation_time: draw.below(30) * 86_400,
          relative_file_name_modify_time: draw.below(30) * 86_400,
        },
        code_signature: signature(draw.sometimes(90)),
        hash: { sha256: draw.hex(8).padStart(64, '7c0a1f5e') },
        name,
        path: `C:\\Windows\\System32\\${name}`,
        pe: { original_file_name: name },
      },
    },
  }
}

const scheduleTask: Happen = (draw) => {
  const verb = draw.pick(['created', 'deleted'])
  return {
    category: 'iam',
    type: verb === 'created' ? 'creation' : 'deletion',
    action: `scheduled-task-${verb}`,
    parts: {
      winlog: {
        computer_name: `ws-${String(draw.below(20))}.corp.example`,
        event_data: { TaskName: `\\Jobs\\${draw.hex(2)}` },
      },
    },
  }
}

/** What happens, and how often in a hundred events. */
const happenings: readonly (readonly [share: number, happen: Happen])[] = [
  [16, begin],
  [6, end],
  [16, connect],
  [10, resolve],
  [21, touchFile],
  [13, writeRegistry],
  [17, loadLibrary],
  [1, scheduleTask],
]
const lottery = happenings.flatMap(([share, happen]) => Array<Happen>(share).fill(happen))

/** One event, and whom it is about. */
export interface Told {
  readonly event: Json
  readonly process: Running
}

export function makeLeanEvent(fleet: Fleet, time: number): Told {
  const { draw } = fleet
  const machine = fleet.nextMachine()
  const happen = draw.pick(lottery)
  const process = happen === begin ? fleet.start(machine) : fleet.nextProcess(machine)
  return {
    event: wrap(draw, machine, process, happen(draw, process), time),
    process,
  }
}

const wrap = (
  draw: Draw,
  machine: Machine,
  process: Running,
  { category, type, action, parts, process: more }: Happening,
  time: number,
): Json => ({
  '@timestamp': new Date(time).toISOString(),
  agent: { id: machine.agentId, type: 'endpoint', version: '8.18.0' },
  data_stream: { dataset: `endpoint.events.${category}`, type: 'logs' },
  event: {
    action,
    category: [category],
    id: draw.letters(16),
    kind: 'event',
    module: 'endpoint',
    sequence: (machine.events += 1 + draw.below(9)),
    type: [type],
  },
  host: {
    architecture: 'x86_64',
    id: machine.id,
    ip: [machine.ip],
    mac: [machine.mac],
    name: machine.name,
    os: {
      family: 'windows',
      type: 'windows',
      version: '23H2',
    },
  },
  ...parts,
  process: {
    entity_id: process.entityId,
    executable: process.executable,
    name: process.name,
    pid: process.pid,
    thread: { id: 4 * draw.below(3000) },
    ...more,
  },
  user: process.user,
})
