import type { WindowsEvent } from '../windows/windows-event'

/** What the bits of an event's keywords say. */
export interface Keywords {
  readonly outcome: 'success' | 'failure' | undefined
  /** In English, as Winlogbeat names them. */
  readonly names: readonly string[]
}

/** https://learn.microsoft.com/en-us/windows/win32/wes/defining-keywords-used-to-classify-types-of-events */
const BITS: readonly (readonly [bit: bigint, name: string])[] = [
  [1n << 48n, 'Response Time'],
  [1n << 50n, 'WDI Diag'],
  [1n << 51n, 'SQM'],
  [1n << 52n, 'Audit Failure'],
  [1n << 53n, 'Audit Success'],
  [1n << 54n, 'Correlation Hint'],
  [1n << 55n, 'Classic'],
]

const NONE: Keywords = { outcome: undefined, names: [] }
const known = new Map<string, Keywords>()
const MOST_KNOWN = 1000

/** Of the bits if they are there, else of the names that were rendered from them. */
export function keywordsOf({ keywords, keywordNames }: WindowsEvent): Keywords {
  if (keywords === undefined || keywords === '')
    return keywordNames ? namedKeywords(keywordNames) : NONE
  const bits = known.get(keywords) ?? learnBits(keywords)
  return keywordNames ? { ...bits, names: keywordNames } : bits
}

function learnBits(text: string): Keywords {
  const bits = readBits(text)
  if (known.size < MOST_KNOWN) known.set(text, bits)
  return bits
}

function readBits(text: string): Keywords {
  if (!/^(0x[0-9a-f]{1,16}|-?\d{1,20})$/i.test(text)) return NONE
  const mask = BigInt.asUintN(64, BigInt(text))
  return namedKeywords(
    BITS.filter(([bit]) => (mask & bit) !== 0n).map(([, name]) => name),
  )
}

function namedKeywords(names: readonly string[]): Keywords {
  const outcome = names.includes('Audit Failure')
    ? 'failure'
    : names.includes('Audit Success')
      ? 'success'
      : undefined
  return { outcome, names }
}

export const LEVELS: ReadonlyMap<string, string> = new Map([
  ['0', 'information'],
  ['1', 'critical'],
  ['2', 'error'],
  ['3', 'warning'],
  ['4', 'information'],
  ['5', 'verbose'],
])

export const OPCODES: ReadonlyMap<string, string> = new Map(
  'Info Start Stop DCStart DCStop Extension Reply Resume Suspend Send'
    .split(' ')
    .map((name, number) => [String(number), name]),
)
