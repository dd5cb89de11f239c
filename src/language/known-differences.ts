/** Release of the engine's answers: it changes whenever any query can answer differently. */
export const engineVersion = '2'

/** What answers otherwise since a release, as a whole sentence. */
export interface EngineChange {
  readonly version: string
  readonly sentence: string
}

/** One for each release of the engine but the first, the newest last. */
const engineChanges: readonly EngineChange[] = [
  {
    version: '2',
    sentence:
      'Since engine 2, events of equal time stand in the order of event.sequence or of record ids; before, as they were loaded.',
  },
]

/** What answers otherwise since a release that is older than this one. */
export const changesSince = (version: string): readonly EngineChange[] =>
  engineChanges.filter((change) => Number(change.version) > Number(version))

/** The server whose answers are meant. */
export const elasticsearchVersion = '8.18 and 9.x'

/** A spot where the answer may differ from a server's, or where it could not be checked. */
export interface KnownDifference {
  readonly about: 'fields' | 'conditions' | 'sequences' | 'samples' | 'limits' | 'errors'
  readonly title: string
  /** What Elasticsearch does, or why that is not known. */
  readonly elasticsearch: string
  readonly maxspan: string
  readonly why: string
}

/**
 * Everything we know of that may differ (language.md 5.1, 7.2, B and C). The page shows
 * this table as it stands; what is settled is taken out.
 */
export const knownDifferences: readonly KnownDifference[] = [
  {
    about: 'fields',
    title: 'Which fields exist',
    elasticsearch: 'Those of the mappings of the searched indices.',
    maxspan:
      'Without a loaded mapping: those ECS defines and those any loaded event has. With one: its fields alone, and what the events add if it is dynamic.',
    why: 'A playground is given events before mappings; production indices map all of ECS.',
  },
  {
    about: 'fields',
    title: 'Whole numbers written with a fraction of zero',
    elasticsearch: 'Maps 1.0 dynamically as a float.',
    maxspan: 'Reads 1.0 as the whole number 1, unless a mapping says otherwise.',
    why: 'The reader of JSON does not tell the two apart.',
  },
  {
    about: 'fields',
    title: 'Values that their field cannot hold',
    elasticsearch: 'Refuses the event when it is indexed, unless told to ignore them.',
    maxspan: 'Takes the field as absent: 300 in a byte, "abc" in a long.',
    why: 'The rest of the event is still worth asking.',
  },
  {
    about: 'fields',
    title: 'Events without a usable timestamp',
    elasticsearch: 'Fails the sequence query.',
    maxspan:
      'Leaves them out of sequences and says how many; event queries list them last.',
    why: 'One bad line should not hide the answer for all others.',
  },
  {
    about: 'conditions',
    title: 'Functions of an optional field that is mapped nowhere',
    elasticsearch: 'Folded before running; not recorded for every function.',
    maxspan: 'The result is null, so neither the clause nor its negation matches.',
    why: 'That is what folding a null argument gives.',
  },
  {
    about: 'conditions',
    title: 'any where ?field, with the field mapped nowhere',
    elasticsearch: 'Believed to refuse it: the condition is not boolean.',
    maxspan: 'Refuses it with the same words.',
    why: 'Read off the type checks; no recording.',
  },
  {
    about: 'conditions',
    title: 'Wildcards in the text given to stringContains and endsWith',
    elasticsearch: 'On a field, * ? and \\ in the text act as wildcards, by a slip.',
    maxspan: 'Takes the text literally.',
    why: 'Nobody who writes stringContains(f, "a*b") means a wildcard.',
  },
  {
    about: 'conditions',
    title: 'Wildcards in function results',
    elasticsearch: '? is one UTF-16 unit and * stops at line ends, unlike in fields.',
    maxspan: '? is one character and * crosses line ends everywhere.',
    why: 'One rule for both; it differs only for characters beyond U+FFFF and line ends.',
  },
  {
    about: 'conditions',
    title: 'Upper and lower case beyond ASCII',
    elasticsearch:
      'Fields fold ASCII letters only; the newest servers fold more in regex~.',
    maxspan: 'Folds ASCII letters in fields, all letters in function results.',
    why: 'That is what all supported releases but the newest do.',
  },
  {
    about: 'conditions',
    title: 'ip in ("10.0.0.0/8")',
    elasticsearch: 'Newer servers very likely refuse it when checking types.',
    maxspan: 'Matches the block, and advises cidrMatch.',
    why: 'Older servers accept it, and rules in the field use it.',
  },
  {
    about: 'conditions',
    title: 'Dates as text, in string and concat',
    elasticsearch: 'Printed by the script language; the exact form is not recorded.',
    maxspan: 'ISO 8601 in UTC.',
    why: 'The form Java gives an instant.',
  },
  {
    about: 'conditions',
    title: 'Arithmetic on byte, short and integer fields',
    elasticsearch: 'Documented as 32-bit; scripts may well compute in 64 bits.',
    maxspan: 'Fails beyond 32 bits.',
    why: 'Literal arithmetic is known to be 32-bit.',
  },
  {
    about: 'conditions',
    title: 'A greedy between whose right end lies before its left',
    elasticsearch: 'Fails the search with an index out of range.',
    maxspan: 'Gives the empty text, as for an end that is not found.',
    why: 'The failure is a slip of the server.',
  },
  {
    about: 'conditions',
    title: 'Events with very many values in several fields of one clause',
    elasticsearch: 'Tries every combination.',
    maxspan: 'Gives up after 10,000 combinations for one event, and says so.',
    why: 'So that no event can hold up the page.',
  },
  {
    about: 'sequences',
    title: 'Order of events of equal time, where no tiebreaker decides',
    elasticsearch: 'As they were indexed, index by index.',
    maxspan:
      'Events of one agent by event.sequence, of one Windows log by winlog.record_id; all others as loaded. Results that hang on it say so.',
    why: 'Agents and logs are indexed in that order, but exports often begin with the newest.',
  },
  {
    about: 'sequences',
    title: 'Events of equal time of which one has no tiebreaker',
    elasticsearch: 'Sorts it after the others, but fetches it before them.',
    maxspan: 'Sorts it after the others.',
    why: 'The two only disagree at the border of fetched pages.',
  },
  {
    about: 'sequences',
    title: 'An optional key that is null, together with a missing step',
    elasticsearch: 'Builds a query that fails.',
    maxspan: 'Null equals null, as everywhere else.',
    why: 'It is what the rule means.',
  },
  {
    about: 'sequences',
    title: 'Two different missing steps side by side at an end',
    elasticsearch: 'Not recorded.',
    maxspan: 'Each is held against the nearest step that has an event.',
    why: 'It agrees with a single missing step there.',
  },
  {
    about: 'sequences',
    title: 'One step and an until, runs on until, runs=2.5',
    elasticsearch: 'Accepts them by a slip, and fails or does something else later.',
    maxspan: 'Refuses them.',
    why: 'A rule that can only go wrong should say so at once.',
  },
  {
    about: 'samples',
    title: 'Where keys that are null come',
    elasticsearch: 'First, in the recordings there are.',
    maxspan: 'First.',
    why: 'Two recordings; other key types are not among them.',
  },
  {
    about: 'limits',
    title: 'How many results',
    elasticsearch: 'The last 10, unless size says otherwise.',
    maxspan: 'All of them on the page; 10 on the command line, as the server.',
    why: 'Who looks for a match wants to see every one.',
  },
  {
    about: 'limits',
    title: 'Three or more pipes in turn on a short list',
    elasticsearch: 'Folds them into one range first.',
    maxspan: 'Applies them one after the other.',
    why: 'It is what the query says; one and two pipes are the same either way.',
  },
  {
    about: 'limits',
    title: 'tail over many pages',
    elasticsearch: 'Known to miss results when the query takes many pages to fetch.',
    maxspan: 'Has no pages.',
    why: 'The server calls it a fault of its own.',
  },
  {
    about: 'limits',
    title: 'Memory limits',
    elasticsearch: 'Stops sequences that hold too much in flight.',
    maxspan: 'Goes on as long as the tab has memory.',
    why: 'The server’s limit depends on its size.',
  },
  {
    about: 'errors',
    title: 'What was expected instead',
    elasticsearch: 'Lists the tokens the parser could take; the list changes by release.',
    maxspan: 'Gives a list in the same form that may be shorter or longer.',
    why: 'Only the part before it is stable.',
  },
  {
    about: 'errors',
    title: 'Failures on the data',
    elasticsearch: 'Exception types and wording differ between releases.',
    maxspan: 'Always an error with status 400 or 500, in words of its own.',
    why: 'None of them is recorded.',
  },
  {
    about: 'errors',
    title: 'Objects used as fields, and a timestamp field that is not mapped',
    elasticsearch: 'Refuses both; the exact text is not recorded.',
    maxspan: 'Refuses both in similar words.',
    why: 'Read off the code, not seen.',
  },
]
