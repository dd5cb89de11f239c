import type { Draw } from './draw'
import { users, windowsPrograms, switches } from './names'

/** A process of one machine, as every event of it tells it. */
export interface Running {
  readonly entityId: string
  readonly pid: number
  readonly name: string
  readonly executable: string
  readonly args: readonly string[]
  readonly commandLine: string
  readonly user: { readonly name: string; readonly id: string; readonly domain: string }
  readonly sha256: string
  readonly parent: Running | undefined
}

export interface Machine {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly ip: string
  readonly mac: string
  readonly agentId: string
  /** Those that live; a new one takes the place of an old one. */
  readonly running: Running[]
  latest: Running | undefined
  /** The `event.sequence` of what it told last; some are left out. */
  events: number
}

/** A made-up Windows fleet, in which processes begin, work for a while, and end. */
export class Fleet {
  readonly machines: readonly Machine[]
  /** One content per program, as on machines that are kept alike. */
  private readonly hashes = new Map<string, string>()
  private busy: Machine

  constructor(
    readonly draw: Draw,
    machines: number,
    private readonly perMachine: number,
    private readonly makeEntityId: (draw: Draw, machine: number) => string,
  ) {
    this.machines = Array.from({ length: machines }, (_, i) => this.makeMachine(i))
    this.busy = draw.pick(this.machines)
  }

  /** The machine something happens on next: things come in bursts. */
  nextMachine(): Machine {
    if (!this.draw.sometimes(75)) this.busy = this.draw.pick(this.machines)
    return this.busy
  }

  /** The process that does something next: the one begun last, or any that lives. */
  nextProcess(machine: Machine): Running {
    const any = this.draw.pick(machine.running)
    return this.draw.sometimes(50) ? (machine.latest ?? any) : any
  }

  /** Starts a process on a machine, as a child of one that runs there. */
  start(machine: Machine, at = this.draw.below(this.perMachine)): Running {
    const { draw } = this
    const { name, folder } = draw.lopsided(windowsPrograms)
    const executable = `${folder}\\${name}`
    const args = [executable, draw.pick(switches), ...this.makeWords()]
    const parent = machine.running[draw.below(machine.running.length)]
    const started: Running = {
      entityId: this.makeEntityId(draw, machine.number),
      pid: 4 * (100 + draw.below(5000)),
      name,
      executable,
      args,
      commandLine: args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)).join(' '),
      user: this.makeUser(),
      sha256: this.hashOf(executable),
      parent: parent && { ...parent, parent: undefined },
    }
    machine.running[at] = started
    machine.latest = started
    return started
  }

  /** What a command line goes on with: mostly the same few, now and then never seen. */
  private makeWords(): readonly string[] {
    const { draw } = this
    if (draw.sometimes(75)) return [draw.pick(switches)]
    return [draw.pick(switches), `--id=${draw.hex(12)}`]
  }

  private makeUser(): Running['user'] {
    const { draw } = this
    if (draw.sometimes(60))
      return { name: 'SYSTEM', id: 'S-1-5-18', domain: 'NT AUTHORITY' }
    const at = draw.below(users.length)
    const id = `S-1-5-21-1004336348-1177238915-682003330-${String(1100 + at)}`
    return { name: users[at] ?? '', id, domain: 'CORP' }
  }

  private hashOf(executable: string): string {
    const known = this.hashes.get(executable) ?? this.draw.hex(64)
    this.hashes.set(executable, known)
    return known
  }

  private makeMachine(i: number): Machine {
    const { draw } = this
    const machine: Machine = {
      number: i,
      id: draw.hex(12),
      name: `ws-${String(i).padStart(4, '0')}`,
      ip: `10.20.${String(i >> 7)}.${String(2 + (i & 127))}`,
      mac: draw.hex(12).replace(/(..)(?=.)/g, '$1-'),
      agentId: draw.hex(12),
      running: [],
      latest: undefined,
      events: 1e6 + 1e5 * i,
    }
    for (let at = 0; at < this.perMachine; at++) this.start(machine, at)
    return machine
  }
}
