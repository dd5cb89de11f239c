import { strToU8, zipSync } from 'fflate'
import { bundledRules } from '../../rules/library'
import { printKibanaExport } from '../../rules/print-kibana-export'
import type { Rule } from '../../rules/rule'
import {
  printRuleFile,
  printRuleFolder,
  type FolderParts,
  type RuleFile,
} from '../../rules/rule-folder'
import { renameEvents } from '../../rules/rule-tree'
import type { EngineApi } from '../../worker/api'
import type { OpenRule, OwnTests } from '../state/open-rule.svelte'
import { printToday, ruleAsEdited } from '../state/rule-source'

/** What rules can be saved as; `folder` brings tests and events along. */
export type ExportFormat = 'toml' | 'ndjson' | 'eql' | 'folder'

/**
 * Rules as they stand as one file: a text where the format has one for them, else a zip.
 * Nothing is sent anywhere; of the events only those of the matches found are asked for.
 */
export async function exportRules(
  rules: readonly OpenRule[],
  format: ExportFormat,
  engine: Pick<EngineApi, 'event'>,
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const today = printToday()
  if (format === 'folder') {
    const folders: RuleFile[][] = []
    for (const open of rules) folders.push(await printFolder(open, engine, today))
    const [first] = folders
    const name = rules.length === 1 ? first?.[0]?.path.split('/')[0] : undefined
    return zip(name ?? 'rules', keepApart(folders))
  }
  const edited = rules.map(ruleAsEdited)
  const [only] = edited
  if (only && edited.length === 1) return textFile(printRuleFile(only, format, today))
  if (format === 'ndjson')
    return textFile({ path: 'rules.ndjson', text: printKibanaExport(edited) })
  const files = edited.map((rule) => [printRuleFile(rule, format, today)])
  return zip(`rules-${format}`, keepApart(files))
}

const textFile = ({ path, text }: RuleFile) => ({
  name: path,
  blob: new Blob([text], { type: 'text/plain' }),
})

function zip(name: string, files: readonly RuleFile[]) {
  const entries = files.map(({ path, text }) => [path, strToU8(text)] as const)
  const bytes = zipSync(Object.fromEntries(entries))
  const blob = new Blob([new Uint8Array(bytes)], { type: 'application/zip' })
  return { name: `${name}.zip`, blob }
}

/** Rules of one name get folders, or files, with a number. */
function keepApart(rules: readonly (readonly RuleFile[])[]): readonly RuleFile[] {
  const taken = new Set<string>()
  return rules.flatMap((files) => {
    const stem = stemOf(files[0]?.path ?? '')
    let own = stem
    for (let n = 2; taken.has(own); n++) own = `${stem}-${n}`
    taken.add(own)
    return files.map(({ path, text }) => ({ path: own + path.slice(stem.length), text }))
  })
}
const stemOf = (path: string): string => /^[^/.]*/.exec(path)?.[0] ?? ''

/** With the tests that came with the rule and their events, else with what it matched. */
async function printFolder(
  open: OpenRule,
  engine: Pick<EngineApi, 'event'>,
  today: string,
): Promise<RuleFile[]> {
  const rule: Rule = ruleAsEdited(open)
  if (open.tests) return [...printRuleFolder(rule, { today, ...partsOf(open.tests) })]
  const { tests, events } = await readParts(open, engine)
  return [...printRuleFolder(rule, { today, events, ...(tests && { tests }) })]
}

/** Files from outside the folder of the tests come into it. */
function partsOf({ text, events = '', files = [] }: OwnTests): FolderParts {
  const inside = new Map<string, string>()
  const names = new Map<string, string>()
  for (const [at, file] of files.entries()) {
    const path = file.name.split('/').filter(isInside).join('/')
    const own = inside.has(path) ? `${at + 1}-${path}` : path
    inside.set(own, file.text)
    names.set(file.name, own)
  }
  const tests = renameEvents(text, (name) => names.get(name) ?? name)
  const named = [...inside].map(([path, text]) => ({ path, text }))
  return { tests, events, files: named }
}
const isInside = (part: string): boolean => !['', '.', '..'].includes(part)

async function readParts(
  open: OpenRule,
  engine: Pick<EngineApi, 'event'>,
): Promise<{ readonly tests?: string; readonly events: string }> {
  const bundled = bundledRules.find(({ id }) => id === open.opened.id)
  if (!bundled) return { events: await readEvents(open, engine) }
  return { tests: bundled.testsText, events: await bundled.loadEvents() }
}

/** The events of the matches that are shown, as NDJSON; only such as came as JSON. */
async function readEvents(
  open: OpenRule,
  engine: Pick<EngineApi, 'event'>,
): Promise<string> {
  const steps = open.freshAnswer?.matches.flatMap((match) => match.steps) ?? []
  const rows = new Set(steps.flatMap((step) => ('row' in step ? [step.row] : [])))
  const lines: string[] = []
  for (const row of rows) {
    const read = await engine.event(row).catch(() => undefined)
    const line = read?.ok ? oneLine(read.value.text) : undefined
    if (line !== undefined) lines.push(`${line}\n`)
  }
  return lines.join('')
}

function oneLine(text: string): string | undefined {
  try {
    // Told apart by where the lines end only: numbers stay as they are written.
    JSON.parse(text)
    return text.includes('\n') ? JSON.stringify(JSON.parse(text)) : text
  } catch {
    return undefined
  }
}
