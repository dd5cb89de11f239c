import { open } from 'node:fs/promises'

/** Process starts of a made-up fleet, about 560 bytes each. Returns how many. */
export async function writeFleet(file: string, bytes: number): Promise<number> {
  const handle = await open(file, 'w')
  let written = 0
  let count = 0
  while (written < bytes) {
    const block = Array.from({ length: 2000 }, () => printEvent(count++)).join('')
    written += (await handle.write(block)).bytesWritten
  }
  await handle.close()
  return count
}

function printEvent(n: number): string {
  const event = {
    '@timestamp': new Date(1_772_000_000_000 + n * 250).toISOString(),
    event: { category: ['process'], type: ['start'], action: 'start', id: `e${n}` },
    host: { id: `host-${n % 97}`, name: `ws-${n % 97}`, os: { type: 'windows' } },
    user: { id: `S-1-5-21-${n % 61}`, name: `user${n % 61}`, domain: 'CORP' },
    process: {
      pid: 1000 + (n % 30_000),
      entity_id: `p-${n}`,
      name: `tool-${n % 211}.exe`,
      executable: `C:\\Program Files\\Vendor ${n % 31}\\tool-${n % 211}.exe`,
      args: [`tool-${n % 211}.exe`, '--job', String(n % 5003)],
      parent: { name: 'services.exe', pid: 640 },
    },
  }
  return `${JSON.stringify(event)}\n`
}
