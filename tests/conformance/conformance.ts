import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventStore } from '../../src/worker/event-store'
import { judgeSearch } from './judge-search'
import { judgeError, judgeExpression, judgeParse } from './judge-text'
import type { Case, Suite, Verdict } from './suite'

/**
 * Cases that prove nothing when they fail: recorded of a version that did not give these
 * answers itself, or cut by guess out of a list whose separators were lost. What stands
 * against them is language.md 4.3 (between), 5.1 and 6.1 (how many join keys, and no
 * key twice), which we follow.
 */
const isUnproven = ({ tags = [], note = '' }: Case): boolean =>
  tags.includes('listed-in-test_unsupported.toml') ||
  note.startsWith('upstream lost the ; terminators')

interface Tally {
  passed: number
  readonly failures: string[]
  readonly unproven: string[]
}

/**
 * Runs every recorded suite of a folder: `npm run conformance -- DIR`. Cases that failed
 * are told one by one; those that failed but are unproven anyway count as skipped.
 */
async function main(folder: string): Promise<boolean> {
  const suites = join(folder, 'suites')
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const file of readdirSync(suites)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const suite = JSON.parse(readFileSync(join(suites, file), 'utf8')) as Suite
    const tally = await judgeSuite(suite, suites)
    passed += tally.passed
    failed += tally.failures.length
    skipped += tally.unproven.length
    say(`${suite.name} ${String(tally.passed)}/${String(suite.cases.length)}`)
    for (const failure of tally.failures) say(`  ${failure}`)
    for (const failure of tally.unproven) say(`  unproven: ${failure}`)
  }
  say(`${String(skipped)} skipped as unproven`)
  say(`${String(passed)} passed, ${String(failed)} failed`)
  return failed === 0
}

async function judgeSuite(suite: Suite, folder: string): Promise<Tally> {
  const stores = new Map<string, Promise<EventStore>>()
  const tally: Tally = { passed: 0, failures: [], unproven: [] }
  for (const item of suite.cases) {
    const verdict = await judgeSafely(() => judge(suite, item, folder, stores))
    if (verdict === undefined) tally.passed++
    else
      (isUnproven(item) ? tally.unproven : tally.failures).push(
        `${item.name}: ${item.query ?? item.expression ?? ''}\n    ${verdict}`,
      )
  }
  return tally
}

/** A crash is a failure of its case, and is said as one. */
async function judgeSafely(ask: () => Verdict | Promise<Verdict>): Promise<Verdict> {
  try {
    return await ask()
  } catch (error) {
    return `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}

function judge(
  suite: Suite,
  item: Case,
  folder: string,
  stores: Map<string, Promise<EventStore>>,
): Verdict | Promise<Verdict> {
  switch (suite.kind) {
    case 'search':
      return judgeSearch(suite, item, folder, stores)
    case 'parse':
      return judgeParse(item)
    case 'expression':
      return judgeExpression(item)
    case 'error':
      return judgeError(item, folder)
  }
}

const say = (line: string): void => {
  process.stdout.write(line + '\n')
}

const folder = process.argv[2]
if (folder === undefined) {
  process.stderr.write('Usage: npm run conformance -- DIR\n')
  process.exitCode = 2
} else process.exitCode = (await main(folder)) ? 0 : 1
