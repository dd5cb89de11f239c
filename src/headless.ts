import { answerBatch } from './headless/batch'
import { loadFiles, readTextFile } from './headless/files'
import { onOneLine } from './headless/one-line'
import { readOptions, usage, UsageError, type Options } from './headless/options'
import { readRules } from './rules/rule-file'
import type { Rule } from './rules/rule'
import type { EventStore } from './worker/event-store'
import { search } from './worker/search'

const write = (line: string): void => {
  process.stdout.write(line + '\n')
}
const warn = (sentence: string): void => {
  process.stderr.write(sentence + '\n')
}

/** The engine without a page (design, headless contract). Answers the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (options.help) {
    write(usage)
    return 0
  }
  if (options.batch) {
    await answerBatch(process.stdin, write, warn)
    return 0
  }
  const mapping = options.mapping && (await readTextFile(options.mapping))
  const store = await loadFiles(options.events, mapping, warn)
  return options.rule === undefined
    ? await answerQuery(store, options)
    : await answerRules(store, options.rule, options)
}

async function answerQuery(store: EventStore, options: Options): Promise<number> {
  const { queryFile, request } = options
  const query = options.query ?? (queryFile ? await readTextFile(queryFile) : '')
  const { ok, members } = await search(store, { ...request, query })
  write(onOneLine(`{${members}}`))
  return ok ? 0 : 1
}

/** One line a rule, each under the rule's name. */
async function answerRules(
  store: EventStore,
  file: string,
  { request }: Options,
): Promise<number> {
  const { rules, problems } = readRules(await readTextFile(file), file)
  if (rules.length === 0)
    throw new UsageError(problems[0]?.message ?? `${file} holds no rule.`)
  for (const { message } of problems) warn(message)
  let failed = false
  for (const rule of rules) {
    const { ok, members } = await answerRule(store, rule, request)
    write(onOneLine(`{"rule":${JSON.stringify(rule.name)},${members}}`))
    failed ||= !ok
  }
  return failed ? 1 : 0
}

/** The command line's fields win over the rule's own. */
const answerRule = (store: EventStore, rule: Rule, request: Options['request']) =>
  search(store, {
    ...request,
    query: rule.query,
    timestampField: request.timestampField ?? rule.timestampField,
    tiebreakerField: request.tiebreakerField ?? rule.tiebreakerField,
    eventCategoryField: request.eventCategoryField ?? rule.eventCategoryOverride,
  })

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  warn(`${error.message}\nSee --help.`)
  process.exitCode = 2
}
