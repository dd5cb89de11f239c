import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]

const {
  LOCALAPPDATA = '',
  PROGRAMFILES = '',
  'PROGRAMFILES(X86)': PROGRAMFILES_X86 = '',
} = process.env
const APPLICATIONS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [LOCALAPPDATA, PROGRAMFILES, PROGRAMFILES_X86].flatMap((folder) => [
    join(folder, 'Google/Chrome/Application/chrome.exe'),
    join(folder, 'Chromium/Application/chrome.exe'),
    join(folder, 'Microsoft/Edge/Application/msedge.exe'),
  ]),
}

const HELP = `The browser tests need Chromium, and none was found. Do one of these:
  - install Chromium or Chrome (on Debian: apt-get install chromium), or
  - run: npx playwright install --with-deps chromium, or
  - set MAXSPAN_CHROMIUM to the path of a Chromium, Chrome or Edge program.
The other tests run without it: npx vitest run --project unit`

let found: string | undefined

/**
 * The path of a Chromium that starts: the one of MAXSPAN_CHROMIUM, one of the usual
 * paths, Playwright's own, or one installed now if that is allowed without asking.
 * Throws a plain text on what to do when there is none.
 */
export function findChromium(): string {
  found ??= readNamed() ?? findInstalled() ?? findPlaywrights() ?? install()
  if (found === undefined) throw new Error(HELP)
  return found
}

function readNamed(): string | undefined {
  const path = process.env['MAXSPAN_CHROMIUM']
  if (!path) return undefined
  if (existsSync(path)) return path
  throw new Error(`MAXSPAN_CHROMIUM names ${path}, but there is no such file.`)
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, ...(APPLICATIONS[process.platform] ?? [])].find(isUsable)
}

// On Ubuntu `chromium-browser` may be a script that only says how to get the real one.
// Asking the version tells; on Windows the question would open a window.
function isUsable(path: string): boolean {
  if (!existsSync(path)) return false
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function findPlaywrights(): string | undefined {
  try {
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    // Playwright knows no browser for this system.
    return undefined
  }
}

/** Only as root, or in CI with a sudo that asks nothing: never a surprise at a desk. */
function install(): string | undefined {
  if (!runs('apt-get', ['--version'])) return undefined
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !(process.env['CI'] && runs('sudo', ['-n', 'true']))) return undefined
  const apt = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  console.error('No Chromium found: installing it with apt-get …')
  installQuietly(apt, ['update', '-qq'])
  installQuietly(apt, ['install', '-qq', '-y', '--no-install-recommends', 'chromium'])
  return findInstalled()
}

function runs(program: string, options: readonly string[]): boolean {
  return spawnSync(program, options, { stdio: 'ignore' }).status === 0
}

function installQuietly(apt: readonly string[], options: readonly string[]): void {
  const [program = '', ...before] = apt
  spawnSync(program, [...before, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
