import type { ByteWindow } from '../byte-window'
import { UnpackProblem } from './unpack-problem'
import { unpackText } from './wording'

/** A file in a tar archive. */
export interface TarEntry {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly isSparse: boolean
  /** Its bytes; what is left of them is passed over when the next entry is asked for. */
  readonly pieces: AsyncGenerator<Uint8Array>
}

const BLOCK = 512
/** Longest name, or list of properties, that is looked at, bytes. */
const MAX_EXTRA = 1024 * 1024

/**
 * Reads a tar archive, of any of its four kinds (V7, ustar, pax, GNU), file by file;
 * folders, links and devices are passed over. Throws UnpackProblem where it is damaged.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export async function* untar(window: ByteWindow): AsyncGenerator<TarEntry> {
  let extra: Extra = {}
  for (;;) {
    const header = await readHeader(window)
    if (!header) return
    const size = extra.size ?? header.size
    const data = new EntryData(window, size)
    if (header.kind === 'L') extra = { ...extra, name: await readName(data) }
    else if (header.kind === 'x') extra = { ...extra, ...(await readProperties(data)) }
    else {
      const name = extra.name ?? header.name
      const isSparse = header.kind === 'S' || extra.isSparse === true
      extra = {}
      if (isSparse || FILE_KINDS.includes(header.kind))
        yield { name, size, isSparse, pieces: data.pieces() }
    }
    await data.passRest()
  }
}

/** Whether bytes begin as a tar archive does: with a header whose sum is right. */
export const isTarHeader = (head: Uint8Array): boolean =>
  head.length >= BLOCK && head[0] !== 0 && sumOf(head) === readNumber(head, 148, 8)

/** Plain files; the last is one that is stored in one piece. */
const FILE_KINDS: readonly string[] = ['0', '\0', '7']

interface Header {
  readonly name: string
  readonly size: number
  readonly kind: string
}

/** What entries before a file say of it. */
interface Extra {
  readonly name?: string
  readonly size?: number
  readonly isSparse?: boolean
}

/** Undefined at the end: a block of zeros, or of nothing. */
async function readHeader(window: ByteWindow): Promise<Header | undefined> {
  while (window.length < BLOCK && (await window.more()));
  if (window.length === 0) return undefined
  const block = window.bytes.subarray(window.from, window.from + BLOCK)
  if (block.length < BLOCK) throw new UnpackProblem(unpackText.tarDamage())
  if (block.every((byte) => byte === 0)) return undefined
  if (!isTarHeader(block)) throw new UnpackProblem(unpackText.tarDamage())
  const header = parseHeader(block)
  window.moveTo(window.from + BLOCK)
  return header
}

function parseHeader(block: Uint8Array): Header {
  const name = readText(block, 0, 100)
  const kind = String.fromCharCode(block[156]!)
  const isUstar = readText(block, 257, 5) === 'ustar'
  const prefix = isUstar && block[262] === 0 ? readText(block, 345, 155) : ''
  const size = readNumber(block, 124, 12)
  if (!(size >= 0 && size <= Number.MAX_SAFE_INTEGER))
    throw new UnpackProblem(unpackText.tarDamage())
  return { name: prefix ? `${prefix}/${name}` : name, size, kind }
}

/** The sum of a header, its own field counted as blanks. */
function sumOf(block: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : block[i]!
  return sum
}

/** Octal digits, or from GNU tar, with the highest bit set, bytes. */
function readNumber(block: Uint8Array, at: number, length: number): number {
  if (block[at]! < 0x80) return parseInt(readText(block, at, length).trim() || '0', 8)
  let value = block[at]! & 0x7f
  for (let i = at + 1; i < at + length; i++) value = value * 256 + block[i]!
  return value
}

const utf8 = new TextDecoder()

function readText(block: Uint8Array, at: number, length: number): string {
  const bytes = block.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

async function readName(data: EntryData): Promise<string> {
  const bytes = await data.all()
  return readText(bytes, 0, bytes.length)
}

/** Lines of `length key=value`. */
async function readProperties(data: EntryData): Promise<Extra> {
  const text = utf8.decode(await data.all())
  const valueOf = (key: string) => new RegExp(`^\\d+ ${key}=(.*)$`, 'm').exec(text)?.[1]
  const name = valueOf('GNU\\.sparse\\.name') ?? valueOf('path')
  const size = Number(valueOf('size') ?? NaN)
  return {
    ...(name !== undefined && { name }),
    ...(Number.isSafeInteger(size) && size >= 0 && { size }),
    ...(/^\d+ GNU\.sparse\./m.test(text) && { isSparse: true }),
  }
}

/** The bytes of one entry, which are followed by zeros up to a whole block. */
class EntryData {
  private left: number
  private readonly padding: number

  constructor(
    private readonly window: ByteWindow,
    size: number,
  ) {
    this.left = size
    this.padding = (BLOCK - (size % BLOCK)) % BLOCK
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    const { window } = this
    while (this.left > 0) {
      if (window.length === 0 && !(await window.more()))
        throw new UnpackProblem(unpackText.tarDamage())
      const { bytes, from } = window
      const end = Math.min(window.to, from + this.left)
      this.left -= end - from
      window.moveTo(end)
      // The window may use its bytes again.
      yield bytes.slice(from, end)
    }
  }

  /** All of a short entry; of a long one the beginning. */
  async all(): Promise<Uint8Array> {
    let all = new Uint8Array(0)
    for await (const piece of this.pieces()) {
      const longer = new Uint8Array(all.length + piece.length)
      longer.set(all)
      longer.set(piece, all.length)
      all = longer
      if (all.length > MAX_EXTRA) break
    }
    return all
  }

  async passRest(): Promise<void> {
    const { window } = this
    for (let left = this.left + this.padding; left > 0;) {
      // A last file without its padding is whole.
      if (window.length === 0 && !(await window.more())) break
      const passed = Math.min(left, window.length)
      window.moveTo(window.from + passed)
      left -= passed
    }
    this.left = 0
  }
}
