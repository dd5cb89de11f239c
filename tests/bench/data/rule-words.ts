import type { Draw } from './draw'
import {
  linuxPrograms,
  macosPrograms,
  switches,
  users,
  windowsPrograms,
  type Program,
} from './names'

/** What a rule for one kind of machine speaks of. */
export interface RuleWords {
  readonly os: 'windows' | 'linux' | 'macos'
  /** Case-insensitive equality with wildcards as that platform's rules write it. */
  readonly operator: ':' | 'like~' | 'in' | 'like'
  readonly programs: readonly string[]
  readonly paths: readonly string[]
  readonly starts: readonly string[]
}

/** As EQL writes it between quotes. */
export const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const names = (programs: readonly Program[]): readonly string[] =>
  programs.map(({ name }) => name)

const vendors = 'Harbourline Northlight Quillworks Ostra Fernway Maple Tarn Vesper'.split(
  ' ',
)

const windowsPaths = [
  ...vendors.flatMap((vendor) => [
    `?:\\Program Files\\${vendor}\\*`,
    `?:\\Program Files (x86)\\${vendor}\\*\\agent.exe`,
    `?:\\ProgramData\\${vendor}\\*\\updater.exe`,
    `\\Device\\HarddiskVolume*\\Program Files\\${vendor}\\*`,
  ]),
  ...windowsPrograms.slice(0, 30).map(({ name }) => `?:\\Windows\\System32\\${name}`),
  ...[
    '?:\\Windows\\SysWOW64\\*',
    '?:\\Users\\*\\AppData\\Local\\Temp\\*',
    '?:\\Users\\Public\\*',
  ],
]
const linuxPaths = [
  ...vendors.flatMap((vendor) => [
    `/opt/${vendor.toLowerCase()}/*`,
    `/var/lib/${vendor}/*`,
  ]),
  ...linuxPrograms.map(({ folder, name }) => `${folder}/${name}`),
  ...['/tmp/*', '/dev/shm/*', '/etc/cron.d/*', '/usr/lib/systemd/*', '/home/*/.config/*'],
]
const macosPaths = [
  ...vendors.flatMap((vendor) => [
    `/Applications/${vendor}.app/*`,
    `/Library/Application Support/${vendor}/*`,
  ]),
  ...['/Users/*/Library/LaunchAgents/*', '/private/tmp/*', '/usr/local/bin/*'],
]

export const allWords: readonly RuleWords[] = [
  {
    os: 'windows',
    operator: ':',
    programs: names(windowsPrograms),
    paths: windowsPaths,
    starts: ['event.type == "start"'],
  },
  {
    os: 'linux',
    operator: 'in',
    programs: names(linuxPrograms),
    paths: linuxPaths,
    starts: [
      'event.type == "start" and event.action in ("exec", "exec_event", "start", "fork")',
      'event.type == "start" and event.action == "exec"',
    ],
  },
  {
    os: 'macos',
    operator: 'like~',
    programs: names(macosPrograms),
    paths: macosPaths,
    starts: ['event.type in ("start", "process_started") and event.action == "exec"'],
  },
]

const commands = [
  ...switches,
  ...users.slice(0, 4),
  ...[
    'http://*',
    '*.ps1',
    '--decode',
    'whoami',
    '*base64*',
    '-ep',
    '*/etc/shadow*',
    '0.0.0.0',
  ],
]

/**
 * Lists of values that several rules write alike (the shells, the vendors to leave out),
 * which is why half of what real rules ask has been asked by another rule.
 */
export class KnownLists {
  private readonly lists = new Map<string, readonly (readonly string[])[]>()

  constructor(private readonly draw: Draw) {}

  /** A few values, often just those of some other rule. */
  take(pool: readonly string[], most: number): readonly string[] {
    if (this.draw.sometimes(55)) return this.draw.lopsided(this.known(pool, most))
    return this.fresh(pool, most)
  }

  command(most: number): readonly string[] {
    return this.take(commands, most)
  }

  private known(pool: readonly string[], most: number) {
    const name = pool.join()
    const known =
      this.lists.get(name) ?? Array.from({ length: 24 }, () => this.fresh(pool, most))
    this.lists.set(name, known)
    return known
  }

  private fresh(pool: readonly string[], most: number): readonly string[] {
    const count = 1 + this.draw.below(Math.min(most, pool.length))
    const from = this.draw.below(pool.length)
    const step = 1 + this.draw.below(3)
    const drawn = Array.from(
      { length: count },
      (_, i) => pool[(from + i * step) % pool.length],
    )
    return [...new Set(drawn.filter((value) => value !== undefined))]
  }
}
