import {
  isExceptionFile,
  isForRule,
  readExceptionFile,
  type ExceptionFile,
} from './exception-file'
import type { RuleProblem } from './read-rules'
import type { Rule } from './rule'
import { looksLikeRules, readRules } from './rule-file'
import type { RuleFile } from './rule-folder'

/** A rule of a tree of files, with what lies beside it. */
export interface TreeRule {
  readonly path: string
  readonly rule: Rule
  /** Its tests, if there is a file of them beside it. */
  readonly tests?: RuleFile
  /** The path of the events beside it, which are not read here. */
  readonly eventsPath?: string
  /** Where its tests name several files of events: those that are there. */
  readonly eventsFiles?: readonly EventsFile[]
  /** Files of events that its tests name, and that are not there. */
  readonly missing?: readonly string[]
}

/** A file of events as tests name it, and where it lies. */
interface EventsFile {
  readonly name: string
  readonly path: string
}

export interface RuleTree {
  readonly rules: readonly TreeRule[]
  readonly problems: readonly (RuleProblem & { readonly path: string })[]
  /** Paths of files that hold no rule and belong to none. */
  readonly others: readonly string[]
}

/**
 * Reads a whole tree of rule files, such as the folder of a repository; rules that cannot
 * be run are listed too, as no query is looked at here. `tests.toml` and `events.*` belong
 * to the rule of their folder, `<name>.tests.toml` to `<name>.toml` (rules.md 5.2);
 * exception lists go to the rules they name. Paths are relative, parted by `/`; files of
 * events may be given with empty text.
 */
export function readRuleTree(files: readonly RuleFile[]): RuleTree {
  const steps = readRuleFiles(files)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in pieces, so that thousands of rules need not be read in one go. */
export function* readRuleFiles(files: readonly RuleFile[]): Generator<void, RuleTree> {
  const paths = new Set(files.map(({ path }) => path))
  const tests = new Map(files.filter(isTests).map((file) => [file.path, file]))
  const lists: ExceptionFile[] = []
  const rules: TreeRule[] = []
  const problems: (RuleProblem & { path: string })[] = []
  const others: string[] = []
  for (const file of files) {
    const { path, text } = file
    if (isTests(file)) continue
    if (isExceptionFile(text)) lists.push(readExceptionFile(text))
    else if (!looksLikeRules(text)) others.push(path)
    else {
      const read = readRules(text, path)
      problems.push(...read.problems.map((problem) => ({ ...problem, path })))
      const beside = findBeside(path, paths, tests)
      for (const rule of read.rules) {
        rules.push({ path, rule, ...beside })
        yield
      }
    }
    yield
  }
  const belonging = new Set(
    rules.flatMap(({ eventsPath, eventsFiles = [] }) => [
      eventsPath,
      ...eventsFiles.map(({ path }) => path),
    ]),
  )
  return {
    rules: withUniqueIds(rules).map((each) => addExceptions(each, lists)),
    problems,
    others: others.filter((path) => !belonging.has(path)),
  }
}

const isTests = ({ path }: RuleFile): boolean => TESTS.test(path)
const TESTS = /(?:^|[./])tests\.(?:toml|json)$/

const EVENTS = ['ndjson', 'jsonl', 'json', 'evtx', 'csv', 'ndjson.gz']

function findBeside(
  path: string,
  paths: ReadonlySet<string>,
  tests: ReadonlyMap<string, RuleFile>,
): Omit<TreeRule, 'path' | 'rule'> {
  const folder = folderOf(path)
  const stem = path.replace(/\.[^./]*$/, '')
  const own = tests.get(`${stem}.tests.toml`) ?? tests.get(`${stem}.tests.json`)
  // A folder of many rules has no tests of its own: nobody could tell whose they are.
  const isAlone = /(?:^|\/)rule\.[a-z]+$/.test(path)
  const shared = tests.get(`${folder}tests.toml`) ?? tests.get(`${folder}tests.json`)
  const found = own ?? (isAlone ? shared : undefined)
  const findFirst = (places: readonly string[]) => places.find((each) => paths.has(each))
  if (!found) {
    const places = placesByName(isAlone ? `${folder}events` : `${stem}.events`)
    return withEvents(findFirst(places))
  }
  const named = namedEvents(found)
  const eventsFiles = named.filter(({ path }) => paths.has(path))
  const missing = named.filter((each) => !eventsFiles.includes(each))
  const isOne = named.length <= 1
  const eventsPath = findFirst(isOne ? placesOfEvents(found) : placesBeside(found))
  return {
    tests: found,
    ...withEvents(eventsPath),
    ...(!isOne && { eventsFiles }),
    ...(missing.length > 0 &&
      eventsPath === undefined && { missing: missing.map(({ name }) => name) }),
  }
}

const withEvents = (path: string | undefined): Pick<TreeRule, 'eventsPath'> =>
  path === undefined ? {} : { eventsPath: path }

/** Paths where the events of tests among these files may lie (rules.md 5.2). */
export const listEventPaths = (files: readonly RuleFile[]): ReadonlySet<string> =>
  new Set(files.filter(isTests).flatMap(placesOfEvents))

/** Where the tests say, or beside them, under the same name. */
const placesOfEvents = (tests: RuleFile): readonly string[] => [
  ...namedEvents(tests).map(({ path }) => path),
  ...placesBeside(tests),
]

/** The files that tests name, each once. */
function namedEvents({ path, text }: RuleFile): readonly EventsFile[] {
  const names = [...text.matchAll(NAMED_EVENTS)].map(([, name = '']) => name)
  return [...new Set(names)].map((name) => ({
    name,
    path: joinPath(folderOf(path), name),
  }))
}

/** Tests that name their files of events otherwise. */
export const renameEvents = (tests: string, nameOf: (name: string) => string): string =>
  tests.replace(NAMED_EVENTS, (said: string, name: string) => {
    const before = said.slice(0, said.length - name.length - 1)
    return `${before}${nameOf(name)}${said.slice(-1)}`
  })

const placesBeside = ({ path }: RuleFile): readonly string[] =>
  placesByName(path.replace(TESTS, (end) => `${/^[./]/.exec(end)?.[0] ?? ''}events`))

const NAMED_EVENTS = /\bevents_file"?\s*[=:]\s*["']([^"'\n]+)["']/g

const placesByName = (stem: string): readonly string[] =>
  EVENTS.map((ending) => `${stem}.${ending}`)

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** `a/b/` and `../c/d` are `a/c/d`. */
function joinPath(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${folder}${path}`.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  return parts.join('/')
}

function addExceptions(each: TreeRule, files: readonly ExceptionFile[]): TreeRule {
  const { rule } = each
  const lists = files
    .filter((file) => isForRule(file, rule))
    .flatMap((file) => file.lists)
  if (lists.length === 0) return each
  const exceptions = [...rule.exceptions, ...lists]
  return { ...each, rule: { ...rule, exceptions } }
}

function withUniqueIds(rules: readonly TreeRule[]): readonly TreeRule[] {
  const taken = new Map<string, number>()
  return rules.map((each) => {
    const times = (taken.get(each.rule.id) ?? 0) + 1
    taken.set(each.rule.id, times)
    const id = `${each.rule.id}-${times}`
    return times === 1 ? each : { ...each, rule: { ...each.rule, id } }
  })
}
