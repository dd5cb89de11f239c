/** Every sentence this room says to a user. */
export const wording = {
  empty: () => 'The file is empty: there is no rule in it.',
  notARule: () =>
    'No rule was recognised here. Maxspan reads detection-rules TOML, Kibana exports ' +
    '(NDJSON or JSON), bare EQL text and pages of the documentation.',
  badToml: (reason: string) => `This is not valid TOML: ${reason}.`,
  noRuleTable: () => 'This TOML file has no [rule] table, so there is no rule to run.',
  exceptionList: () =>
    'This file holds an exception list, not a rule. Open it together with the rules it ' +
    'names, or when they are open.',
  badQuery: (reason: string) => `The query on this page cannot be read as EQL: ${reason}`,
  pageCut: () => 'No ATT&CK mapping was found on this page: it may have been cut off.',
  pageWithoutQuery: () => 'No query was found on this page: it may have been cut off.',
  commentOnOneLine: () =>
    'The page puts the query on one line, and a // comment in it hides what follows. ' +
    'Put the line break back behind the comment.',
  blanksOnOneLine: () =>
    'The page puts the query on one line: several blanks in a row inside a text may ' +
    'have become one.',

  schedule: (interval: string, lookBack: string, overlap: string) =>
    `Runs every ${interval} over the last ${lookBack}, ${overlap}.`,
  overlap: (time: string) => `${time} of which the run before saw too`,
  noOverlap: () => 'each event once',
  gap: (time: string) => `with ${time} between that no run sees`,

  badJson: (reason: string) => `This is not valid JSON: ${reason}.`,
  badLine: () => 'This line is not a JSON object and was left out.',
  noRuleInJson: () => 'This JSON holds no detection rule: nothing in it has a query.',
  noQuery: (name: string) => `The rule "${name}" has no query, so it cannot be run.`,
  cutLine: () => 'This line was cut off; what is left of it was read.',
  countDiffers: (noun: string, said: number, read: number) =>
    `The export says that it holds ${counted(said, noun)}, but ${read} could be read.`,
  listNotNamed: (name: string) =>
    `No rule of this export names the exception list ${quoted(name)}, so it is not applied.`,
  listMissing: (id: string, rule: string) =>
    `The exception list ${quoted(id)} of ${quoted(rule)} is not in this file: matches it ` +
    'would hide are shown.',

  expired: (time: string) => `This exception expired (${time}), so it hides nothing.`,
  noEntries: () => 'This exception has no conditions, so it hides nothing.',
  valueList: (list: string, field: string) =>
    `This exception looks ${field} up in the value list ${quoted(list)}, which no export ` +
    'holds. It is not applied.',
  unknownEntry: (type: string, field: string) =>
    `This exception tests ${field} in a way that is not known here (${quoted(type)}). It ` +
    'is not applied.',
  filterOff: () => 'This filter is switched off in the rule.',
  filterUnknown: (kind: string) =>
    `A filter of this kind (${quoted(kind)}) is not supported, so it is not applied.`,

  noFormat: () => 'A test file starts with the line: format = 1.',
  otherFormat: (format: string) =>
    `This test file has format ${format}; only 1 is known.`,
  noTests: () => 'There is no [[test]] in this file.',
  noName: (position: number) => `Test ${position} has no name.`,
  badExpect: (test: string) =>
    `${quoted(test)} must say what it expects: "match", "none" or "error".`,
  noEvents: (test: string) =>
    `${quoted(test)} names no events: give events, events_file or use.`,
  badEvents: (test: string, line: number) =>
    `Line ${line} of the events of ${quoted(test)} is not a JSON object.`,
  badDefaults: () => 'The event under [defaults] is not a JSON object.',
  badTime: (place: string, text: string) =>
    `${quoted(text)} in ${place} is not a time; write an offset such as 1.3s or 4m50s.`,
  badStart: (text: string) => `The start ${quoted(text)} is not a date and time.`,
  unknownBase: (test: string, base: string) =>
    `${quoted(test)} uses ${quoted(base)}, but no earlier test with events has that name.`,
  unknownPatch: (test: string, id: string) =>
    `${quoted(test)} patches ${quoted(id)}, but no event has that _id.`,
  unknownCause: (test: string, cause: string) =>
    `${quoted(test)} names the cause ${quoted(cause)}, which does not exist.`,

  noError: (part: string) =>
    part ? `No error says ${quoted(part)}.` : 'The rule ran without an error.',
  otherError: (part: string, error: string) =>
    `The error does not say ${quoted(part)}, but: ${error}`,
  anError: (error: string) => `The rule did not run: ${error}`,
  noMatch: () => 'Nothing matched.',
  aMatch: (matches: readonly (readonly string[])[]) =>
    `Matched, and should not: ${matches.map(printIds).join('; ')}.`,
  otherCount: (wanted: number, found: number) =>
    `${counted(wanted, 'match', 'matches')} expected, ${found} found.`,
  matchLost: (ids: readonly string[]) => `No match of ${printIds(ids)}.`,
  matchTooMany: (ids: readonly string[]) => `Matched besides: ${printIds(ids)}.`,
  isInMatch: (id: string) => `${id} is in a match, and should not be.`,
  missLost: (cause: string, culprit: string) =>
    `${culprit} is not among the near misses (${cause}).`,
}

const quoted = (text: string) => `"${text}"`
const printIds = (ids: readonly string[]) => ids.join(', ')
const counted = (count: number, noun: string, nouns = `${noun}s`) =>
  count === 1 ? `1 ${noun}` : `${count} ${nouns}`
