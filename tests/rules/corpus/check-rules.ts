import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { differingFields } from '../../../src/rules/export-record'
import { printKibanaExport } from '../../../src/rules/print-kibana-export'
import { printRuleToml } from '../../../src/rules/print-rule-toml'
import type { Rule } from '../../../src/rules/rule'
import { readRules } from '../../../src/rules/rule-file'
import { readRuleTree } from '../../../src/rules/rule-tree'
import { readText } from '../../../src/ui/state/read-text'
import { readTomlDocument, setValue, valueAt } from '../../../src/rules/toml-document'

/*
 * Reads every rule file below a folder and holds it to what the rules room promises:
 * `node src/node.mjs tests/rules/corpus/check-rules.ts FOLDER`. Sets of rules that others
 * publish are not ours to keep here; this is how we look that none of them is refused
 * without a reason, and that none loses anything.
 */

/** How often something was seen, with the first place. */
class Tally {
  readonly #seen = new Map<string, { count: number; readonly first: string }>()

  add(what: string, path: string): void {
    const known = this.#seen.get(what)
    if (known) known.count++
    else this.#seen.set(what, { count: 1, first: path })
  }

  print(): string {
    const rows = [...this.#seen].sort(([a], [b]) => a.localeCompare(b))
    return rows
      .map(([what, { count, first }]) => `${count}\t${what}\t${first}\n`)
      .join('')
  }
}

function main(folder: string): boolean {
  const files = listFiles(folder).map((path) => ({
    path: relative(folder, path),
    text: readFileSync(path, 'utf8'),
  }))
  const started = performance.now()
  const tree = readRuleTree(files)
  const ms = Math.round(performance.now() - started)
  const seen = new Tally()
  const faults = new Tally()
  for (const { path, rule } of tree.rules) {
    const refusal = refusalOf(rule)
    seen.add(refusal ? `refused: ${refusal.code}` : 'runs', path)
    if (refusal?.message === '') faults.add('refused without a reason', path)
    for (const fault of findFaults(rule)) faults.add(fault, path)
  }
  for (const { path, message } of tree.problems) seen.add(message, path)
  for (const path of tree.others) seen.add('no rule', path)
  const told = faults.print()
  process.stdout.write(`${files.length} files, ${tree.rules.length} rules in ${ms} ms\n`)
  process.stdout.write(`${seen.print()}\n${told || 'no faults\n'}`)
  return told === ''
}

/** What is first said against running a rule, as the page says it. */
const refusalOf = ({ query, language }: Rule) =>
  readText(query, language).problems.find(({ severity }) => severity === 'error')

/** What of a rule is lost on its ways out, a word or two each. */
function findFaults(rule: Rule): readonly string[] {
  const faults: string[] = []
  const { text } = rule.source
  const isToml = rule.source.format === 'toml' || rule.source.format === 'endpoint'
  if (isToml && printRuleToml(rule) !== text) faults.push('TOML is not the same bytes')
  // Without its own text, the rule has to be written anew.
  const bare: Rule = { ...rule, source: { format: 'json', text: '' } }
  const ways = { TOML: printRuleToml(bare), NDJSON: printKibanaExport([rule]) }
  for (const [way, written] of Object.entries(ways)) {
    const [back] = readRules(written).rules
    const differ = back ? differingFields(rule, back) : ['everything']
    if (differ.length > 0) faults.push(`${way} loses ${differ.join(', ')}`)
  }
  if (isToml && !keepsEdits(text)) faults.push('an edit and its undoing leave a trace')
  return faults
}

/** A query that is changed and changed back leaves the file as it was. */
function keepsEdits(text: string): boolean {
  const read = readTomlDocument(text)
  if ('problem' in read) return true
  const path = ['rule', 'query']
  const query = valueAt(read.document, path)
  if (typeof query !== 'string') return true
  const edited = setValue(read.document, path, `${query}// edited\n`)
  return edited.text !== text && setValue(edited, path, query).text === text
}

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return listFiles(path)
    return /\.(?:toml|ndjson|json|eql|txt)$/.test(name) ? [path] : []
  })

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Name the folder of rules to check.\n')
  process.exitCode = 2
} else process.exitCode = main(folder) ? 0 : 1
