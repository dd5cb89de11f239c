import { readLabel, withoutBullet, type PageLine } from './page-lines'
import type { JsonRecord } from './record'
import type { Provenance } from './rule'

/** What the labels of a page say, in the API's names, and the lines behind the last. */
export interface PageFacts {
  readonly facts: JsonRecord
  readonly provenance: Provenance
  readonly rest: readonly PageLine[]
}

/** Labels with one value, and labels with a list. */
const VALUES = [
  ...['rule type', 'severity', 'rule severity', 'risk score', 'runs every'],
  ...['searches indices from', 'maximum alerts per execution', 'version', 'rule license'],
  ...['added (elastic stack release)', 'last modified (elastic stack release)'],
]
const LISTS = ['rule indices', 'references', 'tags', 'rule authors']
/** What no list goes on behind, should a page lack the label that would end it. */
const BODY =
  /^(?:Investigation guide|Setup|Rule query|Potential false positives|Triage and analysis)(?:edit)?$/i

/**
 * Reads the labels from `Rule type:` to `Rule license:`. A label without a value opens a
 * list, which goes on to the next label; `None` says that there is nothing.
 */
export function readPageFacts(lines: readonly PageLine[]): PageFacts {
  const said = new Map<string, string[]>()
  let open: string[] | undefined
  let end = 0
  for (const [i, { text }] of lines.entries()) {
    const found = findLabel(text, said)
    if (!found && (BODY.test(text.trim()) || said.has('rule license'))) break
    end = i + 1
    if (!found) {
      const item = withoutBullet(text)
      if (item !== '' && item !== ')') open?.push(item)
      continue
    }
    const list = found.value === '' ? [] : splitValue(found.label, found.value)
    said.set(found.label, list)
    open = LISTS.includes(found.label) ? list : undefined
    if (found.label === 'rule license') break
  }
  return { facts: factsOf(said), provenance: provenanceOf(said), rest: lines.slice(end) }
}

/** A tag such as `Rule Type: BBR` is no label: items have bullets, and labels come once. */
function findLabel(text: string, said: ReadonlyMap<string, unknown>) {
  const found = readLabel(text, [...VALUES, ...LISTS])
  return found && !said.has(found.label) ? found : undefined
}

const splitValue = (label: string, value: string): string[] =>
  LISTS.includes(label) ? value.split(/,\s+/).map((item) => item.trim()) : [value]

type Said = ReadonlyMap<string, readonly string[]>

function factsOf(said: Said): JsonRecord {
  const value = (label: string) => said.get(label)?.[0]
  const list = (label: string) =>
    (said.get(label) ?? []).filter((item) => item !== 'None').map(withoutMarks)
  const type = value('rule type')?.toLowerCase()
  const known = {
    type,
    language: type === 'eql' || type === 'esql' ? type : undefined,
    severity: (value('severity') ?? value('rule severity'))?.toLowerCase(),
    risk_score: numberIn(value('risk score')),
    interval: value('runs every') && readPeriod(value('runs every')!),
    from: /now[^\s(`]*/.exec(value('searches indices from') ?? '')?.[0],
    max_signals: numberIn(value('maximum alerts per execution')),
    version: numberIn(value('version')),
    license: value('rule license'),
    index: list('rule indices'),
    references: list('references'),
    tags: list('tags'),
    author: list('rule authors'),
  }
  return Object.fromEntries(
    Object.entries(known).filter(([, each]) => each !== undefined && each !== 'None'),
  )
}

function provenanceOf(said: Said): Provenance {
  const addedIn = said.get('added (elastic stack release)')?.[0]
  const modifiedIn = said.get('last modified (elastic stack release)')?.[0]
  return {
    ...(addedIn !== undefined && { addedIn }),
    ...(modifiedIn !== undefined && { modifiedIn }),
  }
}

/** Marks of Markdown around an item: `code`, <address>, [text](address). */
const withoutMarks = (item: string) =>
  item.replace(/^\[[^\]]*\]\((\S+)\)$/, '$1').replace(/^[`<]|[`>]$/g, '')

function numberIn(text: string | undefined): number | undefined {
  const digits = /\d[\d,]*/.exec(text ?? '')?.[0]
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''))
}

/** `5 minutes` and `1 hour` as rules write them. */
function readPeriod(text: string): string {
  const [whole = text, amount, unit] = /^(\d+)\s*([a-z])[a-z]*/i.exec(text) ?? []
  return amount !== undefined && unit !== undefined ? amount + unit.toLowerCase() : whole
}
