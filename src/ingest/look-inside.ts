import { headOf, isHeadWhole, restOf } from './byte-window'
import { openFile } from './open-file'
import { Pace } from './pace'
import { type RefusedFile, type UnpackedFile, Unpacker } from './unpack/unpacker'

/** A text that was found in a file, or is it. */
export interface InnerText {
  /** 0-based place among the files of an archive. */
  readonly place: number
  /** Its path in the archive; empty for what came in none. */
  readonly path: string
  readonly text: string
}

/** What was found in a file, or in the files that are packed in it. */
export interface InnerFiles {
  readonly texts: readonly InnerText[]
  /** How many of the others look like events. */
  readonly events: number
}

/** Tells by how a text begins, and by its path in the archive, whether it is wanted. */
export type Wants = (head: string, path: string) => boolean | Promise<boolean>

/** Of a file, so much is looked at to tell what it is, in UTF-16 units. */
const HEAD = 16 * 1024
/** Of texts, those that are longer are not given, bytes; all together, too. */
const LONGEST = 32 * 1024 * 1024
const ALL_TEXTS = 128 * 1024 * 1024

/** What events have in whatever file, and other files seldom do. */
const EVENT_MARKS =
  /@timestamp|"_source"|"EventID"|"Event"\s*:|<Event[\s>]|TimeCreated|"Timestamp"|msg=audit\(|"event"\s*:\s*\{|"event\.|"hits"\s*:|"values"\s*:/

/**
 * Looks through a file, unpacking it if it is packed: gives the texts that are wanted, as
 * told by how they begin, and says whether there are events beside them. Never rejects.
 */
export async function lookInside(blob: Blob, wants: Wants): Promise<InnerFiles> {
  const place = { bytesRead: 0 }
  const pace = new Pace()
  const texts: InnerText[] = []
  let files = 0
  let events = 0
  let left = ALL_TEXTS
  for await (const file of new Unpacker(blob, { place, pace }).files()) {
    const head = readHead(file)
    if (head !== undefined && 'path' in file && (await wants(head, file.path))) {
      const text = await readText(file, Math.min(LONGEST, left))
      left -= text.length
      texts.push({ place: files, path: file.path, text })
    } else if (await looksLikeEvents(file)) events++
    files++
    if (pace.isDue) await pace.rest()
  }
  return { texts, events }
}

/** How the text of a file begins; undefined where it is none. */
function readHead(file: UnpackedFile | RefusedFile): string | undefined {
  if ('problem' in file) return undefined
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true })
    return utf8.decode(headOf(file.window), { stream: true }).slice(0, HEAD)
  } catch {
    return undefined
  }
}

/** As much of a text as is allowed. */
async function readText({ window }: UnpackedFile, longest: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  if (isHeadWhole(window)) return decoder.decode(headOf(window))
  for await (const piece of restOf(window)) {
    text += decoder.decode(piece, { stream: true })
    if (text.length > longest) break
  }
  return text + decoder.decode()
}

async function looksLikeEvents(file: UnpackedFile | RefusedFile): Promise<boolean> {
  if ('problem' in file || file.window.length === 0) return false
  const opened = await openFile(file, undefined)
  return 'format' in opened && (opened.kind !== 'text' || EVENT_MARKS.test(opened.head))
}
