import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

export interface StaticHost {
  /** Without a slash at the end. */
  readonly origin: string
  /** Paths that were asked for and are not there. */
  readonly lost: readonly string[]
  close(): void
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/**
 * A host of static files as pages of projects have it: folders laid over one another below
 * a path, no header but the type, and a page of its own for what is not there.
 */
export async function hostFolders(
  folders: readonly string[],
  below: string,
): Promise<StaticHost> {
  const lost: string[] = []
  const read = async (path: string): Promise<Buffer | undefined> => {
    for (const folder of folders) {
      const found = await readFile(join(folder, path)).catch(() => undefined)
      if (found) return found
    }
    return undefined
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const inside = pathname.startsWith(`${below}/`) ? pathname.slice(below.length) : ''
    const path = decodeURIComponent(inside).replace(/\/$/, '/index.html')
    void read(path).then((file) => {
      if (file && !path.includes('..')) {
        const type = TYPES[extname(path)] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type }).end(file)
        return
      }
      lost.push(pathname)
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}${below}`,
    lost,
    close: () => server.close(),
  }
}
