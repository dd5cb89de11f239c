import { readFileSync } from 'node:fs'

/** The most memory a process has had so far, bytes; undefined where no system tells. */
export function readProcessPeak(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    // No such folder on this system.
    return undefined
  }
}
