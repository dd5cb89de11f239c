import { spawnSync } from 'node:child_process'
import { fieldsIn } from '../../../src/language/walk'
import { loadHost, runRule } from '../engine'
import type { EventFile } from '../event-file'
import { readBundledSteps, type BundledStep } from './bundled-steps'
import { duckdb, jq, pathOf, sqlite, translate } from './translate'

/** What one program took, from the file to all that the bundled rules ask; one run. */
export interface PeerTime {
  readonly peer: string
  readonly ms: number
}
export interface Compared {
  readonly times: readonly PeerTime[]
  /** What was left out, and why. */
  readonly notes: readonly string[]
  /** Events that satisfy each step; everywhere the same. */
  readonly hits: readonly number[]
}

interface PeerAnswer extends PeerTime {
  readonly hits: readonly number[]
}

/** Everyone over the same file, one after the other; throws when they do not agree. */
export async function comparePeers(file: EventFile): Promise<Compared> {
  const steps = readBundledSteps()
  const ours = await askOurs(file, steps)
  const peers = [
    { program: 'sqlite3', ask: askSqlite },
    { program: 'duckdb', ask: askDuckdb },
    { program: 'jq', ask: askJq },
  ]
  const notes: string[] = []
  const answers: PeerAnswer[] = [ours]
  for (const { program, ask } of peers) {
    if (spawnSync(program, ['--version']).error) notes.push(`${program} is not here`)
    else answers.push(ask(file, steps))
  }
  for (const { peer, hits } of answers)
    if (hits.join() !== ours.hits.join())
      throw new Error(`${peer} found ${hits.join()}, we ${ours.hits.join()}`)
  return { times: answers, notes, hits: ours.hits }
}

async function askOurs(
  file: EventFile,
  steps: readonly BundledStep[],
): Promise<PeerAnswer> {
  const started = performance.now()
  const host = await loadHost(await file.head(file.events))
  const hits: number[] = []
  for (const { text } of steps)
    hits.push((await runRule(host, text, text)).answer.matchCount)
  return { peer: 'Maxspan', ms: performance.now() - started, hits }
}

/** The fields that the steps read, each once. */
const fieldsOf = (steps: readonly BundledStep[]): readonly string[] => [
  ...new Set([
    'event.category',
    ...steps.flatMap(({ query }) => fieldsIn(query.condition).map(({ name }) => name)),
  ]),
]

const jsonPath = (name: string): string => `$${pathOf(name)}`

function askSqlite(file: EventFile, steps: readonly BundledStep[]): PeerAnswer {
  const columns = fieldsOf(steps).map(
    (name) => `json_extract(line, '${jsonPath(name)}') "${name}"`,
  )
  const load = [
    'create table lines(line text);',
    '.mode ascii',
    String.raw`.separator "\037" "\n"`,
    `.import '${file.path}' lines`,
    '.mode list',
    `create table events as select ${columns.join(', ')} from lines;`,
  ]
  const questions = steps.map(
    ({ query }) => `select count(*) from events where ${translate(query, sqlite)};`,
  )
  return askSql('sqlite3', [':memory:'], load, questions)
}

function askDuckdb(file: EventFile, steps: readonly BundledStep[]): PeerAnswer {
  const columns = fieldsOf(steps).map((name) => {
    const path = `'${jsonPath(name)}'`
    return name.endsWith('.port')
      ? `(json_extract(json, ${path}))::bigint "${name}"`
      : `json_extract_string(json, ${path}) "${name}"`
  })
  const load = [
    `create table events as select ${columns.join(', ')} from read_ndjson_objects('${file.path}');`,
  ]
  const questions = steps.map(
    ({ query }) => `select count(*) from events where ${translate(query, duckdb)};`,
  )
  return askSql('duckdb', ['-list', '-noheader'], load, questions)
}

function askSql(
  program: string,
  options: readonly string[],
  load: readonly string[],
  questions: readonly string[],
): PeerAnswer {
  const input = [...load, ...questions].join('\n')
  const { ms, output } = runProgram(program, options, input)
  return { peer: program, ms, hits: numbersOf(output) }
}

/** All questions in one reading, which is the best that jq can do. */
function askJq(file: EventFile, steps: readonly BundledStep[]): PeerAnswer {
  const questions = steps.map(({ query }) => translate(query, jq))
  const counted = questions.map(
    (question, at) => `.[${String(at)}] += (if ($e | ${question}) then 1 else 0 end)`,
  )
  const zeros = JSON.stringify(steps.map(() => 0))
  const program = `reduce inputs as $e (${zeros}; ${counted.join(' | ')}) | .[]`
  const { ms, output } = runProgram('jq', ['-n', program, file.path], '')
  return { peer: 'jq', ms, hits: numbersOf(output) }
}

function runProgram(program: string, options: readonly string[], input: string) {
  const started = performance.now()
  const { stdout, stderr, status } = spawnSync(program, options, {
    input,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return { ms: performance.now() - started, output: stdout }
}

const numbersOf = (output: string): readonly number[] =>
  output.trim().split(/\s+/).map(Number)
