import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { readBundle, type Bundle } from '../share/bundle'
import { UsageError } from './options'
import { drawPicture } from './picture'
import { printReproPage, describe } from './repro-page'
import { judgeShared } from './shared-verdict'

const usage = `Puts a bundle beside the page, so that a short address opens it.

  npm run repro -- FILE.maxspan [options]

  --as PATH       where it goes, such as 2026/okta-push; else it is called as the file is
  --site ADDRESS  where the page is served: chats show the picture of whole addresses alone
  --public DIR    the folder of files that are served as they are; default public
  --help

It writes r/PATH.maxspan, and r/PATH/index.html with a picture: a page without a script that
says what the rule gives, for chats and for people. /#repro=PATH opens the bundle.`

interface ReproOptions {
  readonly file: string
  /** Names, one in the other. */
  readonly path: string
  /** With a slash at the end. */
  readonly site: string | undefined
  readonly folder: string
}

/** Undefined when only help was asked for. Throws UsageError with what is wrong. */
export function readReproOptions(args: readonly string[]): ReproOptions | undefined {
  const { values, positionals } = parse(args)
  if (values.help) return undefined
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0)
    throw new UsageError('Give exactly one bundle.')
  const path = values.as ?? nameOf(file)
  if (!PATH.test(path) || path.includes('..') || path.split('/').includes('.'))
    throw new UsageError(
      `“${path}” is no path for an address. Give one of letters, digits, dots, dashes and slashes by --as.`,
    )
  return { file, path, site: readSite(values.site), folder: values.public }
}

/** As the page takes it behind `#repro=` (ui/state/guests). */
const PATH = /^[\w.-]+(?:\/[\w.-]+)*$/

const nameOf = (file: string): string =>
  basename(file)
    .replace(/\.maxspan$/i, '')
    .toLowerCase()
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')

function readSite(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new UsageError(
      `--site takes an address that begins with https://, not ${text}.`,
    )
  return text.replace(/\/*$/, '/')
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        site: { type: 'string' },
        public: { type: 'string', default: 'public' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Writes what belongs to a bundle; gives the lines that tell of it. */
export async function publish(options: ReproOptions): Promise<readonly string[]> {
  const { file, path, site, folder } = options
  const bundle = await openBundle(file)
  const verdict = await judgeShared(bundle)
  const home = join(folder, 'r', path)
  await mkdir(home, { recursive: true })
  await copyFile(file, `${home}.maxspan`)
  await writeFile(join(home, 'picture.png'), drawPicture(verdict.shown))
  await writeFile(join(home, 'index.html'), printReproPage(verdict, { path, site }))
  const unlike = verdict.rules.filter(({ agrees }) => !agrees)
  return [
    `${verdict.title}: ${describe(verdict)}`,
    ...unlike.map(({ name }) => `${name} gave something else where the bundle was made.`),
    `Wrote ${home}.maxspan and ${home}/. ${site ?? '…/'}#repro=${path} opens it, and ${site ?? '…/'}r/${path}/ tells of it.`,
  ]
}

async function openBundle(file: string): Promise<Bundle> {
  const read = await readBundle(new Blob([await readBytes(file)]))
  if (!read.ok) throw new UsageError(`${file}: ${read.problem.sentence}`)
  return read.bundle
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${String(error)}`)
  }
}

/** Answers the exit code. */
export async function publishBundle(args: readonly string[]): Promise<number> {
  try {
    const options = readReproOptions(args)
    const lines = options ? await publish(options) : [usage]
    process.stdout.write(lines.join('\n') + '\n')
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\nSee --help.\n`)
    return 2
  }
}
