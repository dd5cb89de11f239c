import type { Draw } from './draw'
import {
  domains,
  extensions,
  folders,
  libraries,
  ports,
  registryKeys,
  registryValues,
} from './names'
import { quote, type KnownLists, type RuleWords } from './rule-words'

/** What clauses are drawn with. */
export interface ClauseDraw {
  readonly draw: Draw
  readonly lists: KnownLists
  readonly words: RuleWords
}
type Clause = (from: ClauseDraw) => string

const list = (values: readonly string[]): string =>
  values.length === 1 ? quote(values[0] ?? '') : `(${values.map(quote).join(', ')})`

/** `field operator values`, in the platform's way; `in` knows no wildcards and wants a list. */
function among(field: string, { words }: ClauseDraw, values: readonly string[]): string {
  const hasWildcard = values.some((value) => /[*?]/.test(value))
  if (words.operator !== 'in') return `${field} ${words.operator} ${list(values)}`
  if (hasWildcard) return `${field} like ${list(values)}`
  return values.length === 1
    ? `${field} == ${list(values)}`
    : `${field} in ${list(values)}`
}

const names: (field: string, most?: number) => Clause =
  (field, most = 6) =>
  (from) =>
    among(field, from, from.lists.take(from.words.programs, most))

/** Half of the rules look at what runs everywhere, half at what should not run at all. */
const common: Clause = (from) => {
  const { programs } = from.words
  const pool = from.draw.sometimes(50) ? programs.slice(0, 16) : programs
  return among('process.name', from, from.lists.take(pool, 12))
}

/** The process that all steps of a sequence are about. */
export const nameOneOf: Clause = common

const paths: (field: string, most?: number) => Clause =
  (field, most = 8) =>
  (from) =>
    among(field, from, from.lists.take(from.words.paths, most))

const args: (field: string) => Clause = (field) => (from) =>
  among(field, from, from.lists.command(5))

const inside: (field: string) => Clause = (field) => (from) =>
  `${field} ${from.words.operator === 'in' ? 'like~' : from.words.operator} ` +
  list(from.lists.command(3).map((word) => `*${word.replaceAll('*', '')}*`))

/** What the process is not to be, as most rules end. */
export const exceptions: Clause = (from) => {
  const { draw } = from
  const one = draw.pick([
    paths('process.executable', 14),
    paths('process.parent.executable', 10),
    names('process.parent.name', 8),
    names('process.name', 8),
  ])
  if (draw.sometimes(70)) return `not ${one(from)}`
  return `not (${one(from)} and ${draw.pick([args('process.args'), paths('?process.working_directory', 3)])(from)})`
}

const rare: readonly Clause[] = [
  ({ draw }) => `process.args_count >= ${String(2 + draw.below(4))}`,
  ({ draw }) => `length(process.command_line) > ${String(100 * (1 + draw.below(4)))}`,
  () => 'process.parent.executable != null',
  () => 'process.code_signature.trusted == false',
  () => '?process.Ext.token.integrity_level_name : ("high", "system")',
  () => 'not user.id : ("S-1-5-18", "S-1-5-19", "S-1-5-20")',
  () => 'user.id in ("S-1-5-18", "0")',
  () => 'startsWith~(process.name, process.parent.name)',
  () => 'stringContains~(process.command_line, process.parent.name)',
  ({ draw }) => `endsWith~(process.name, ${quote(draw.pick(['.exe', '.tmp', 'sh']))})`,
  ({ draw }) =>
    `process.command_line regex~ """.*[a-f0-9]{${String(8 + draw.below(9))}}.*"""`,
  ({ draw }) => `substring(process.name, 0, 1) == ${quote(draw.pick(['p', 'w', 's']))}`,
  ({ draw }) =>
    `process.working_directory like~ ${quote(draw.pick(['/tmp*', 'C:\\Users\\*']))}`,
  ({ draw }) => `?container.id like ${quote(draw.pick(['?*', 'c0*']))}`,
]

const pickOf =
  (...clauses: readonly Clause[]): Clause =>
  (from) =>
    from.draw.pick(clauses)(from)

const registryPath: Clause = ({ draw }) => {
  const key = draw.pick(registryKeys)
  const end = draw.pick([...registryValues, '*'])
  return `registry.path : (${quote(`HKLM\\${key}\\*${end}`)}, ${quote(`\\REGISTRY\\MACHINE\\${key}\\*${end}`)})`
}

const networks = [
  '10.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.168.0.0/16',
  '::1/128',
]

/** Of one event category: what its rules always, often, and sometimes ask. */
export interface CategoryClauses {
  readonly category: string
  /** How many of a thousand steps ask for it. */
  readonly share: number
  readonly types: (words: RuleWords, draw: Draw) => string
  readonly first: Clause
  readonly more: readonly Clause[]
  /** For these machines only. */
  readonly only?: 'windows'
  /** What a process does, as steps of sequences ask. */
  readonly isActivity?: true
}

const process: CategoryClauses = {
  category: 'process',
  share: 560,
  isActivity: true,
  types: ({ starts }, draw) => draw.pick(starts),
  first: (from) => {
    const name = common(from)
    if (from.words.os !== 'windows' || !from.draw.sometimes(25)) return name
    return `(${name} or ?process.pe.original_file_name == ${quote(from.draw.pick(from.words.programs))})`
  },
  more: [
    args('process.args'),
    args('process.args'),
    inside('process.command_line'),
    names('process.parent.name'),
    paths('process.parent.executable'),
    inside('process.parent.command_line'),
    args('process.parent.args'),
    pickOf(...rare),
  ],
}

const filePatterns = [
  ...folders.map((folder) => `${folder.replace('C:', '?:').replace('{user}', '*')}\\*`),
  ...extensions.map((extension) => `?:\\Users\\*.${extension}`),
  ...extensions.map((extension) => `?:\\Windows\\*\\*.${extension}`),
]

const file: CategoryClauses = {
  category: 'file',
  share: 155,
  isActivity: true,
  types: (_words, draw) =>
    draw.pick(['event.type != "deletion"', 'event.type == "creation"']),
  first: (from) => {
    if (from.words.os !== 'windows') return paths('file.path')(from)
    return among('file.path', from, from.lists.take(filePatterns, 5))
  },
  more: [
    ({ draw, lists }) =>
      `file.extension ${draw.pick([':', 'in~'])} (${[...lists.take(extensions, 6), 'scr'].map(quote).join(', ')})`,
    ({ draw }) => `file.name : ${quote(`*.${draw.pick(extensions)}`)}`,
    ({ draw }) => `file.size >= ${String(1000 * draw.below(90))}`,
    ({ draw }) =>
      `?file.Ext.header_bytes : ${quote(draw.pick(['4d5a*', '504b*', '7f454c46*']))}`,
    ({ lists }) => `?file.Ext.original.extension : ${list(lists.take(extensions, 4))}`,
    names('process.name'),
  ],
}

const network: CategoryClauses = {
  category: 'network',
  share: 90,
  isActivity: true,
  types: (_words, draw) => draw.pick(['event.type == "start"', 'event.action != "fork"']),
  first: common,
  more: [
    ({ draw }) => `destination.port == ${String(draw.pick(ports))}`,
    ({ draw }) =>
      `destination.port in (${String(draw.pick(ports))}, ${String(draw.below(9000))})`,
    ({ draw, lists }) =>
      `${draw.sometimes(80) ? 'not ' : ''}cidrMatch(destination.ip, ${lists.take(networks, 5).map(quote).join(', ')})`,
    () => 'destination.ip != null',
    ({ draw }) => `dns.question.name : ${quote(`*${draw.pick(domains)}`)}`,
    ({ draw }) =>
      `network.direction : ("outgoing", ${quote(draw.pick(['egress', 'outbound']))})`,
    () => 'source.port >= 49152',
    () => 'endsWith~(destination.address, source.address)',
  ],
}

const registry: CategoryClauses = {
  category: 'registry',
  share: 48,
  isActivity: true,
  only: 'windows',
  types: () => 'event.type == "change"',
  first: registryPath,
  more: [
    ({ draw }) => `registry.value : (${quote(draw.pick(registryValues))}, "Debugger")`,
    ({ draw }) =>
      `registry.data.strings : (${quote(String(draw.below(9)))}, "0x0000000?")`,
    () => 'registry.data.strings != null and length(registry.data.strings) > 0',
  ],
}

const library: CategoryClauses = {
  category: 'library',
  share: 17,
  isActivity: true,
  only: 'windows',
  types: () => 'event.action == "load"',
  first: ({ lists }) =>
    `dll.name : (${[...lists.take(libraries, 8), 'evil.dll'].map(quote).join(', ')})`,
  more: [
    () => 'dll.code_signature.trusted == false',
    ({ draw }) =>
      `not dll.code_signature.status : (${quote(draw.pick(['trusted', 'Valid']))}, "errorExpired*")`,
    ({ draw }) =>
      `?dll.Ext.relative_file_creation_time <= ${String(500 * draw.below(20))}`,
    paths('dll.path'),
    names('process.name'),
  ],
}

const anything: CategoryClauses = {
  category: 'any',
  share: 80,
  types: () => '',
  first: ({ draw }) =>
    `event.code : ${quote(draw.pick(['10', '4624', '5145', '4662', '11']))}`,
  more: [
    ({ draw }) =>
      `event.action in (${quote(draw.pick(['logged-in', 'load', 'start']))}, "added")`,
    ({ draw }) => `event.provider == ${quote(`Provider-${String(draw.below(12))}`)}`,
    ({ draw }) =>
      `?winlog.event_data.GrantedAccess in ("0x1fffff", ${quote(`0x${draw.hex(4)}`)})`,
    ({ draw }) =>
      `?winlog.event_data.CallTrace : (${quote(`*${draw.hex(3)}*`)}, "*UNKNOWN*")`,
    () => 'not ?winlog.event_data.TargetImage : "?:\\\\Windows\\\\System32\\\\lsass.exe"',
    () => 'not user.name : "*$"',
  ],
}

/** Cloud and sign-in logs: their data are seldom loaded, and a guard says so at once. */
const service: (category: string, share: number) => CategoryClauses = (
  category,
  share,
) => ({
  category,
  share,
  types: () => '',
  first: ({ draw }) =>
    `data_stream.dataset == ${quote(`service-${String(draw.below(20))}.audit`)}`,
  more: [
    ({ draw }) => `event.action == ${quote(`Action${String(draw.below(80))}`)}`,
    ({ draw }) => `event.outcome == ${quote(draw.pick(['success', 'failure']))}`,
    () => 'source.ip != null and source.ip != "127.0.0.1"',
    ({ draw }) => `not user.name like ${quote(`svc-${draw.pick(['*', 'backup*'])}`)}`,
    ({ draw }) => `?user_agent.original like ${quote(`*tool${String(draw.below(9))}*`)}`,
  ],
})

export const categories: readonly CategoryClauses[] = [
  process,
  file,
  network,
  registry,
  library,
  anything,
  service('authentication', 22),
  service('iam', 20),
  service('configuration', 8),
]
