import { seededChance, type Chance } from '../support/seeded'

interface Json {
  readonly [key: string]: string | number | boolean | Json | readonly string[]
}

const hosts = Array.from({ length: 400 }, (_, i) => `WS-${String(i).padStart(3, '0')}`)
const users = ['mreyes', 'akowalski', 'svc-backup', 'SYSTEM', 'NETWORK SERVICE', 'jlind']
const programs = [
  'svchost.exe',
  'chrome.exe',
  'powershell.exe',
  'cmd.exe',
  'wscript.exe',
  'explorer.exe',
  'msedge.exe',
  'outlook.exe',
  'rundll32.exe',
  'taskhostw.exe',
]
const libraries = ['kernel32.dll', 'user32.dll', 'taskschd.dll', 'amsi.dll', 'ntdll.dll']
const registryRoots = [
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tasks',
  'HKLM\\SYSTEM\\CurrentControlSet\\Services',
  'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run',
]
const extensions = ['exe', 'dll', 'tmp', 'log', 'job', 'ps1', 'docx']

const address = (chance: Chance): string =>
  `10.20.${chance.below(64)}.${1 + chance.below(250)}`

function processFields(chance: Chance, host: number): Json {
  const name = chance.pick(programs)
  return {
    name,
    executable: `C:\\Windows\\System32\\${name}`,
    pid: 400 + chance.below(20000),
    entity_id: `{${host.toString(16).padStart(8, '0')}-${chance.hex(4)}-${chance.hex(12)}}`,
  }
}

/** What each category adds, and how often it occurs in a hundred events. */
const categories: readonly [
  category: string,
  share: number,
  type: string,
  add: (chance: Chance) => Json,
][] = [
  [
    'library',
    34,
    'start',
    (c) => ({
      dll: {
        name: c.pick(libraries),
        path: `C:\\Windows\\System32\\${c.pick(libraries)}`,
        hash: { sha256: c.hex(64) },
      },
    }),
  ],
  [
    'registry',
    30,
    'change',
    (c) => ({
      registry: {
        hive: 'HKLM',
        path: `${c.pick(registryRoots)}\\{${c.hex(8)}}\\Actions`,
        value: c.pick(['Actions', 'ImagePath', 'Start', 'Path']),
        data: { strings: [c.hex(24)] },
      },
    }),
  ],
  [
    'network',
    13,
    'start',
    (c) => ({
      network: { direction: c.pick(['ingress', 'egress']), transport: 'tcp' },
      source: { address: address(c), ip: address(c), port: 1024 + c.below(64000) },
      destination: {
        address: address(c),
        ip: address(c),
        port: c.pick([135, 443, 445, 80, 49671]),
      },
    }),
  ],
  [
    'file',
    12,
    'creation',
    (c) => {
      const extension = c.pick(extensions)
      return {
        file: {
          name: `${c.hex(6)}.${extension}`,
          extension,
          path: `C:\\Users\\Public\\${c.hex(6)}.${extension}`,
          size: c.below(1e6),
        },
      }
    },
  ],
  [
    'iam',
    1,
    'creation',
    (c) => {
      const computer = `${c.pick(hosts)}.corp.example`
      const verb = c.pick(['created', 'deleted'])
      return {
        event: { action: `scheduled-task-${verb}`, provider: 'Windows Security' },
        winlog: {
          computer_name: computer,
          event_data: { TaskName: `\\Jobs\\${c.hex(2)}`, SubjectUserName: c.pick(users) },
        },
      }
    },
  ],
  [
    'process',
    10,
    'start',
    (c) => ({
      process: {
        command_line: `${c.pick(programs)} -k ${c.hex(10)} /p`,
        args: [c.pick(programs), '-k', c.hex(10)],
        parent: { name: c.pick(programs), pid: 400 + c.below(20000) },
        hash: { sha256: c.hex(64) },
      },
    }),
  ],
]
const lottery = categories.flatMap((category) =>
  Array<typeof category>(category[1]).fill(category),
)

const merge = (a: Json, b: Json): Json => {
  const both: Record<string, Json[string]> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const mine = both[key]
    both[key] = isObject(mine) && isObject(value) ? merge(mine, value) : value
  }
  return both
}
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One event of a made-up Windows fleet, about 1.1 kB as JSON. */
function makeEvent(chance: Chance, time: number): Json {
  const [category, , type, add] = chance.pick(lottery)
  const host = chance.below(hosts.length)
  const name = hosts[host] ?? ''
  return merge(
    {
      '@timestamp': new Date(time).toISOString(),
      agent: { id: chance.hex(8), type: 'endpoint', version: '8.18.0' },
      data_stream: {
        type: 'logs',
        dataset: `endpoint.events.${category}`,
        namespace: 'default',
      },
      ecs: { version: '8.11.0' },
      event: {
        category: [category],
        type: [type],
        kind: 'event',
        action: `${category}-${type}`,
        code: category,
        module: 'endpoint',
        dataset: `endpoint.events.${category}`,
        id: chance.hex(20),
        sequence: chance.below(1e9),
      },
      host: {
        id: `h-${String(host)}`,
        name,
        hostname: name,
        ip: [`10.20.0.${String(host % 250)}`],
        os: {
          type: 'windows',
          family: 'windows',
          name: 'Windows',
          full: 'Windows 11 Enterprise 23H2 (10.0.22631)',
          version: '23H2 (10.0.22631)',
        },
      },
      process: processFields(chance, host),
      user: {
        name: chance.pick(users),
        domain: 'CORP',
        id: `S-1-5-21-${String(chance.below(5000))}`,
      },
      message: `Endpoint ${category} event`,
    },
    add(chance),
  )
}

/** `count` events as NDJSON bytes, the same for the same seed. */
export function makeEvents(count: number, seed = 1): Uint8Array {
  const chance = seededChance(seed)
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  let time = Date.UTC(2026, 2, 2, 8)
  for (let done = 0; done < count; done += 1000) {
    let text = ''
    for (let i = done; i < Math.min(count, done + 1000); i++) {
      time += chance.below(40)
      text += JSON.stringify(makeEvent(chance, time)) + '\n'
    }
    parts.push(encoder.encode(text))
  }
  return joinBytes(parts)
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** `count` different rules, a fifth of them sequences, over the same made-up fleet. */
export function makeRules(count: number, seed = 2): string[] {
  const chance = seededChance(seed)
  const clauses: (() => string)[] = [
    () => `process.name : ("${chance.pick(programs)}", "${chance.pick(programs)}")`,
    () =>
      `process.executable : "?:\\\\Windows\\\\${chance.pick(['System32', 'Temp', 'Tasks'])}\\\\*"`,
    () => `not user.name : "*$" and user.domain == "CORP"`,
    () => `process.command_line : "*${chance.hex(3)}*"`,
    () => `process.pid > ${String(chance.below(20000))}`,
    () => `not process.name : "${chance.pick(programs)}"`,
    () => `startsWith~(process.name, "${chance.pick(['p', 'w', 'sv'])}")`,
    () => `destination.port in (135, ${String(chance.below(65000))})`,
    () =>
      `registry.path : "*\\\\${chance.pick(['Services', 'Tasks', 'Run'])}\\\\*" and registry.value : "Actions"`,
    () => `dll.name : "${chance.pick(libraries)}"`,
    () => `file.extension in~ ("${chance.pick(extensions)}", "job")`,
  ]
  const condition = (): string => {
    const category = chance.pick(categories)[0]
    const terms = Array.from({ length: 2 + chance.below(3) }, () =>
      chance.pick(clauses)(),
    )
    return `${category} where host.os.type == "windows" and ${terms.join(' and ')}`
  }
  return Array.from({ length: count }, (_, i) =>
    i % 5 === 4
      ? `sequence by host.id, process.entity_id with maxspan=${String(1 + chance.below(60))}s [${condition()}] [${condition()}]`
      : condition(),
  )
}
