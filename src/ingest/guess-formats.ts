import type { FormatGuess } from './report'
import { guessText } from './wording'

/** Bytes of an unknown file that are shown. */
const SHOWN = 200
const LINES_LOOKED_AT = 50

/** The beginning of a file that nothing here can read, and what it might be. */
export function guessFormats(head: Uint8Array): FormatGuess {
  const sample = sampleOf(head)
  const guesses = CANDIDATES.map(({ format, look }) => ({ format, ...look(sample) }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ format, reason }) => ({ format, reason }))
  return { firstBytes: printBytes(head.subarray(0, SHOWN)), guesses }
}

/**
 * Lines of 16 bytes, as numbers and as text:
 *
 *     00000000  4c 66 4c 65 …  LfLe…
 */
export function printBytes(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)]
    const offset = at.toString(16).padStart(8, '0')
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.map((byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    )
    lines.push(`${offset}  ${hex.padEnd(47)}  ${text.join('')}`)
  }
  return lines.join('\n')
}

interface Sample {
  readonly bytes: Uint8Array
  readonly text: string
  /** The first lines that hold something. */
  readonly lines: readonly string[]
}

/** How much of the file speaks for it, 0 to 1, and a sentence that says so. */
interface Look {
  readonly share: number
  readonly reason: string
}

function sampleOf(bytes: Uint8Array): Sample {
  const text = new TextDecoder().decode(bytes)
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  // The last one may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines
  return { bytes, text, lines: whole.slice(0, LINES_LOOKED_AT) }
}

/** A guess by the share of lines that look so. */
const byLines =
  (pattern: RegExp, reason: (count: number, of: number) => string) =>
  ({ lines }: Sample): Look => {
    const count = lines.filter((line) => pattern.test(line)).length
    return {
      share: count / Math.max(1, lines.length),
      reason: reason(count, lines.length),
    }
  }

const CANDIDATES: readonly {
  readonly format: string
  readonly look: (sample: Sample) => Look
}[] = [
  {
    format: guessText.jsonBehind.format,
    look: byLines(/[{,]\s*"[^"]{1,100}"\s*:/, guessText.jsonBehind.reason),
  },
  {
    format: guessText.cef.format,
    look: byLines(/\b(?:CEF|LEEF):\d/, guessText.cef.reason),
  },
  {
    format: guessText.syslog.format,
    look: byLines(
      /^(?:<\d{1,3}>|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/,
      guessText.syslog.reason,
    ),
  },
  {
    format: guessText.pairs.format,
    look: byLines(/(?:^|\s)[\w.]+=\S+\s+[\w.]+=/, guessText.pairs.reason),
  },
  { format: guessText.table.format, look: lookForTable },
  {
    format: guessText.xml.format,
    look: byLines(/<\/?[A-Za-z][\w:.-]*[\s>/]/, guessText.xml.reason),
  },
  {
    format: guessText.yaml.format,
    look: byLines(/^\s*(?:- )?[\w.-]+:(?:\s|$)/, guessText.yaml.reason),
  },
  {
    format: guessText.log.format,
    look: byLines(/^\W?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d/, guessText.log.reason),
  },
  { format: guessText.text.format, look: lookForText },
  { format: guessText.packed.format, look: lookForNoise },
  { format: guessText.records.format, look: lookForRecords },
]

/** Lines with the same number of the same separator, two at least. */
function lookForTable({ lines }: Sample): Look {
  const [share, separator] = SEPARATORS.map(([separator, name]) => {
    const counts = lines.map((line) => line.split(separator).length)
    const alike = counts.filter((count) => count === counts[0] && count > 2).length
    return [alike / Math.max(2, lines.length), name] as const
  }).reduce((a, b) => (b[0] > a[0] ? b : a))
  return { share, reason: guessText.table.reason(separator) }
}

const SEPARATORS: readonly (readonly [string, string])[] = [
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
]

function lookForText({ bytes, text }: Sample): Look {
  const odd = text.match(/[\p{Cc}\ufffd]/gu)?.length ?? 0
  const breaks = text.match(/[\t\r\n]/g)?.length ?? 0
  const isText = bytes.length > 0 && odd - breaks < text.length / 100
  return { share: isText ? 0.05 : 0, reason: guessText.text.reason() }
}

/** Packed and encrypted bytes are all about equally frequent. */
function lookForNoise({ bytes }: Sample): Look {
  const bits = entropyOf(bytes)
  const share = bytes.length >= 256 && bits > 7.2 ? 0.8 : 0
  return { share, reason: guessText.packed.reason(bits) }
}

function lookForRecords({ bytes }: Sample): Look {
  const zeros = bytes.filter((byte) => byte === 0).length / Math.max(1, bytes.length)
  return { share: zeros > 0.1 ? 0.6 : 0, reason: guessText.records.reason(zeros) }
}

/** Bits a byte, 0 to 8. */
function entropyOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte]!++
  return counts.reduce((bits, count) => {
    const share = count / bytes.length
    return count > 0 ? bits - share * Math.log2(share) : bits
  }, 0)
}
