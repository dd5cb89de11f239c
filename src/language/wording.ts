/** A problem in plain words, and what to do about it. */
interface Wording {
  readonly message: string
  readonly remedy?: string
}

const say = (message: string, remedy?: string): Wording =>
  remedy === undefined ? { message } : { message, remedy }

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`

/**
 * Every sentence this room says to users, by the code of the problem. What
 * Elasticsearch says of the same mistakes is in `server-text.ts`.
 */
const sentences = {
  // Strings and numbers
  'single-quotes': () =>
    say('Single quotes do not make a string.', 'Put the text in double quotes.'),
  'old-raw-string': () =>
    say(
      'This form of an unescaped string is no longer part of EQL.',
      'Put the text between triple double quotes: """…""".',
    ),
  'unicode-digits': (digits: string) =>
    say(`\\u{${digits}} has ${plural(digits.length, 'hex digit')}.`, 'Give it 2 to 8.'),
  'unicode-range': (digits: string) =>
    say(`${digits} is beyond the last Unicode character, 10FFFF.`),
  'unicode-surrogate': (digits: string) =>
    say(
      `${digits} is half of a surrogate pair, not a character.`,
      'Write the code of the whole character.',
    ),
  'number-too-large': (text: string) => say(`${text} is too large for any number type.`),

  // Shape of the query
  unexpected: (text: string, wanted: string) =>
    say(`${text} cannot stand here.`, `Expected: ${wanted}.`),
  unfinished: (wanted: string) =>
    say('The query ends too early.', `Expected after this: ${wanted}.`),
  'single-equals': () =>
    say('A single = does not compare.', 'Use ==, or : to ignore case.'),
  'comment-open': () => say('This comment never ends.', 'End it with */.'),
  'double-bar': () => say('|| is not part of EQL.', 'Write or.'),
  ampersand: () => say('& is not part of EQL.', 'Write and.'),
  'not-equal-sign': () => say('<> is not part of EQL.', 'Write !=.'),
  'tilde-equals': () =>
    say(
      'There is no case-insensitive ==.',
      'Use :, which ignores case and knows * and ?.',
    ),
  tilde: () =>
    say('~ must follow its word at once.', 'Write in~, like~, regex~ or name~(…).'),
  exclamation: () => say('! is not part of EQL.', 'Write not.'),
  'missing-gap': () => say('The ! of a missing step must touch its [.', 'Write ![…].'),
  'keyword-case': (written: string, word: string) =>
    say(`${written} is not a word of EQL: its words are lower-case.`, `Write ${word}.`),
  'not-before-predicate': (predicate: string) =>
    say(
      `“not ${predicate}” does not exist; only in has a “not” before it.`,
      'Put not before the whole test: not field like "…".',
    ),
  'category-missing': () =>
    say('The category is missing before where.', 'Name one, or write any for all.'),
  'where-missing': (category: string) =>
    say(
      `After the category ${category} comes where.`,
      'A query reads category where condition.',
    ),
  'reserved-word': (word: string) =>
    say(`${word} is a word of EQL and no plain field name.`, `Write \`${word}\`.`),
  'chained-comparison': () =>
    say('Comparisons cannot be chained.', 'Write a < b and b < c.'),
  'maxspan-after-steps': () =>
    say('maxspan belongs before the first step.', 'Write sequence with maxspan=… […].'),
  'with-option': (name: string) =>
    say(`“${name}” is not an option of a sequence.`, 'The only one is maxspan.'),
  'with-missing': () => say('maxspan needs a with before it.', 'Write with maxspan=….'),
  'by-after-runs': () => say('by must come before with runs.', 'Swap the two.'),
  'empty-list': () => say('The list is empty.', 'Give at least one value.'),
  'trailing-comma': () => say('After the last value comes no comma.', 'Remove it.'),
  'list-parentheses': () =>
    say('in needs a list in parentheses.', 'Write in ("a", "b").'),
  'pattern-not-literal': (operator: string) =>
    say(
      `On the right of ${operator} only texts can stand: "…" or ("…", "…").`,
      'To compare with a field, use a function such as stringContains~(a, b).',
    ),
  'never-opened': (closer: string) => say(`This ${closer} closes nothing.`, 'Remove it.'),
  'never-closed': (opener: string) => say(`This ${opener} is never closed.`),
  'string-not-closed': () =>
    say('This string is not closed on its line.', 'Add the closing quote.'),
  'name-not-closed': () => say('This name is not closed.', 'Add the closing backtick.'),
  escape: (escape: string) =>
    say(
      `${escape} is no escape that EQL knows.`,
      'Double the backslash, or use a raw string: """…""".',
    ),
  'curly-quotes': () =>
    say('Curly quotes do not make a string.', 'Put the text in plain double quotes.'),
  lookalike: (found: string, plain: string) =>
    say(`“${found}” only looks like a sign of EQL.`, `Use ${plain}.`),
  'strange-character': (character: string) =>
    say(`${character} is not part of EQL.`, 'In a field name, put it in backticks.'),
  'empty-query': () =>
    say('There is no query yet.', 'Start with a category: process where true.'),
  'too-deep': () =>
    say('The query nests too deeply.', 'Split it, or use in (…) and lists of patterns.'),
  'array-index': () =>
    say(
      'EQL cannot pick an element of an array by its position.',
      'Compare the field itself: the test holds if any element passes it.',
    ),
  'process-relation': (relation: string) =>
    say(
      `“${relation} of” is only for rules that run on the endpoint; Elasticsearch has no process relationships.`,
      'Write a sequence joined by process.entity_id and process.parent.entity_id.',
    ),
  'endpoint-alias': (name: string) =>
    say(
      `“as ${name}” is only for rules that run on the endpoint; steps have no names in Elasticsearch.`,
      'Remove it, and join the steps by a common field.',
    ),
  'endpoint-variable': (name: string) =>
    say(
      `${name} is a variable, which only rules that run on the endpoint have, in functions such as _arraysearch.`,
      'Compare the array field itself: the test holds if any element passes it.',
    ),
  'join-unsupported': () =>
    say(
      'join is not supported by Elasticsearch.',
      'Use sample for events in any order, or sequence for events in order.',
    ),
  'by-after-with': () =>
    say('The join keys must come before maxspan.', 'Write sequence by … with maxspan=….'),
  'too-few-steps': (body: string, found: number) =>
    say(
      `A ${body} needs at least 2 steps; this one has ${found}.`,
      body === 'sequence' ? 'Add a step, or repeat the one with runs=2.' : 'Add a step.',
    ),
  'too-many-steps': (body: string, limit: number, found: number) =>
    say(`A ${body} may have at most ${limit} steps; this one has ${found}.`),
  'no-positive-step': () =>
    say(
      'Every step of this sequence is a missing step.',
      'At least one step must be an event that happens.',
    ),
  'missing-needs-maxspan': () =>
    say(
      'A missing step needs a maxspan: without one there is no end to the waiting.',
      'Write with maxspan=… after sequence and its keys.',
    ),
  'missing-outside-sequence': (body: string) =>
    say(`A missing step ![…] cannot stand in a ${body}.`, 'Only a sequence has them.'),
  'join-key-not-a-field': () =>
    say('Only fields can be join keys.', 'Name the field itself, with ? if optional.'),
  'join-key-count': (expected: number, found: number) =>
    say(
      `This step has ${plural(found, 'join key')}, the first one has ${expected}.`,
      'Every step, and until, needs the same number of keys.',
    ),
  'sample-without-key': () =>
    say('A sample needs a join key.', 'Write sample by … before the first step.'),
  'join-key-twice': (name: string) =>
    say(`${name} is a join key twice.`, 'Name each key once.'),
  'sample-pipe': () => say('A sample takes no pipes.', 'Remove everything from the |.'),
  'runs-name': (name: string) =>
    say(`“${name}” is not an option of a step.`, 'The only one is runs.'),
  'runs-value': (text: string) =>
    say(`${text} is not a number of runs.`, 'Use a whole number from 1 to 100.'),
  'runs-on-until': () =>
    say('until cannot have runs: one matching event ends the sequence.', 'Remove it.'),
  'maxspan-unit-missing': (text: string) =>
    say(`${text} what?`, `Add a time unit: ${text}s is ${plural(+text, 'second')}.`),
  'maxspan-unit': (unit: string) =>
    say(`“${unit}” is not a time unit.`, 'Units are ms, s, m, h and d.'),
  'maxspan-value': () => say('maxspan must be longer than nothing.'),
  'maxspan-fraction': (text: string) =>
    say(`maxspan takes whole numbers, not ${text}.`, 'Use a smaller unit.'),

  // Pipes
  'pipe-unknown': (name: string, similar: readonly string[]) =>
    say(`There is no pipe “${name}”.`, similarRemedy(similar) ?? 'Use head or tail.'),
  'pipe-unsupported': (name: string) =>
    say(`The pipe ${name} is not supported by Elasticsearch.`, 'Use head or tail.'),
  'pipe-arguments': (name: string, found: number) =>
    say(
      `${name} takes one number; it has ${found} arguments.`,
      `Write ${name} 10 for ten results.`,
    ),
  'pipe-count': (name: string) =>
    say(`${name} takes a whole number, written out.`, `Write ${name} 10, for example.`),

  // Fields and types
  'unknown-field': (name: string, similar: readonly string[], model: string) =>
    say(
      model === 'mapping'
        ? `The loaded mapping has no field ${name}.`
        : `${name} is in no loaded event, nor in ECS.`,
      similarRemedy(similar) ?? `Write ?${name} if it may be missing.`,
    ),
  'object-field': (name: string) =>
    say(`${name} only holds other fields.`, `Name one of them: ${name}.….`),
  'nested-field': (name: string) =>
    say(`${name} is part of a nested field; EQL cannot use those.`),
  'field-type': (name: string, type: string) =>
    say(`${name} is of type ${type}, which EQL cannot use.`),
  'text-field': (name: string, candidates: readonly string[]) =>
    say(
      `${name} is analysed text, which has no exact value to compare.`,
      candidates.length
        ? `Use ${candidates.join(' or ')}.`
        : 'Use a keyword field, or add one below it to the mapping.',
    ),
  'normalized-field': (name: string) =>
    say(
      `${name} is normalised, so its values are not what the events hold.`,
      'Use a keyword field without normalizer.',
    ),
  'no-category': (name: string) =>
    say(
      `The category field ${name} does not exist, so no category can match.`,
      'Write any, or name another category field.',
    ),
  'no-timestamp': (name: string) =>
    say(
      `The timestamp field ${name} does not exist.`,
      'Name another timestamp field, or add it to the mapping.',
    ),
  'condition-type': (type: string) =>
    say(
      `A condition must be true or false; this one is ${article(type)}.`,
      'Compare it with something.',
    ),
  'not-boolean': (type: string) =>
    say(
      `Here only true or false makes sense, not ${article(type)}.`,
      'Compare it with something.',
    ),
  'not-numeric': (type: string) =>
    say(`One can calculate only with numbers, not with ${article(type)}.`),
  'not-a-string': (op: string, type: string) =>
    say(
      `${op} works on texts only, not on ${article(type)}.`,
      type === 'ip'
        ? 'Use ==, which takes blocks such as "10.0.0.0/8" too, or cidrMatch(field, …).'
        : op === ':' || op === 'in~'
          ? 'Use == or in.'
          : 'Use == or a comparison.',
    ),
  'list-item-field': (name: string) =>
    say(
      `${name} changes from event to event, but a list holds fixed values only.`,
      'Compare two fields inside a function, such as stringContains(a, b).',
    ),
  'list-item-type': (found: string, wanted: string) =>
    say(`The list is for ${article(wanted)}; this value is ${article(found)}.`),
  'field-comparison': () =>
    say(
      'EQL cannot compare one field with another.',
      'For numbers write a - b == 0; for texts startsWith(a, b) and length(a) - length(b) == 0.',
    ),
  'key-types': (key: string, found: string, first: string, wanted: string) =>
    say(
      `The join key ${key} is ${article(found)}, but ${first} is ${article(wanted)}: they can never be equal.`,
      'Join fields of the same type.',
    ),

  // Functions
  'unknown-function': (name: string, similar: readonly string[]) =>
    say(`There is no function ${name}.`, similarRemedy(similar)),
  'no-tilde': (name: string) =>
    say(
      `${name} has no case-insensitive form.`,
      'Only between, endsWith, indexOf, startsWith and stringContains have one.',
    ),
  'argument-count': (name: string, allowed: string, found: number) =>
    say(`${name} takes ${allowed}; it has ${found}.`),
  'argument-type': (name: string, wanted: string, found: string) =>
    say(`${name} must be ${article(wanted)}, not ${article(found)}.`),
  'argument-not-constant': (name: string) =>
    say(`${name} needs written-out values here, no field.`),

  // Advice on queries that run
  'wildcard-under-equals': (value: string, op: string) =>
    say(
      `${op} takes * and ? in ${value} literally.`,
      'Use : for wildcards that ignore case, or like for those that do not.',
    ),
  'star-only': (isAlone: boolean) =>
    isAlone
      ? say('“*” matches every text: this only asks for a value.', 'Write != null.')
      : say(
          '“*” matches every text, so the patterns beside it change nothing.',
          'Remove it, or write != null alone.',
        ),
  'one-line-comment': () =>
    say(
      'The query has one line only, and // hides all that follows on it.',
      'Use /* … */, or put what follows on a line of its own.',
    ),
  'regex-class': (letter: string) =>
    say(
      `Older versions of Elasticsearch read ${letter} as the letter ${letter.slice(1)}.`,
      'Write out the class, such as [0-9].',
    ),
  'mixed-logic': () =>
    say(
      'and binds tighter than or, so this part is read as if in parentheses.',
      'Add parentheses to show what is meant.',
    ),
  'no-maxspan': () =>
    say(
      'Without a maxspan the steps may lie any time apart.',
      'Add with maxspan=… to bound the time between the first and the last step.',
    ),
  'no-join-key': () =>
    say(
      'Without a join key any events match together, of any host or user.',
      'Add by … to join the steps, for example by host.id.',
    ),
  'regex-dialect': (part: string) =>
    say(
      `${part} means nothing special here: a pattern covers the whole value, in Lucene syntax.`,
      `Leave ${part} out, and put .* where more text may stand.`,
    ),
  'quiet-at-either-end': () =>
    say(
      'With a missing step at both ends, it is enough that one of the two stays quiet.',
      'Keep only the end that matters, or write two rules.',
    ),
  'until-without-effect': () =>
    say(
      'until has no effect on a sequence with only one step that happens.',
      'Remove it, or add a step.',
    ),
  'text-list': (type: string) =>
    say(
      `Newer versions of Elasticsearch may refuse texts in a list for ${article(type)}.`,
      type === 'ip' ? 'Use cidrMatch(field, "…", "…").' : 'Use == and or.',
    ),
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  keyword: 'a text',
  text: 'a text',
  boolean: 'true or false',
  null: 'nothing (null)',
  ip: 'an IP address',
  datetime: 'a date',
  numeric: 'a number',
  double: 'a number',
  float: 'a number',
  integer: 'a whole number',
  long: 'a whole number',
}

const article = (type: string): string => KINDS[type] ?? `of type ${type}`

const similarRemedy = (similar: readonly string[]): string | undefined =>
  similar.length ? `Did you mean ${similar.slice(0, 3).join(', ')}?` : undefined

type Sentences = typeof sentences
export type ProblemCode = keyof Sentences
export type ProblemValues<Code extends ProblemCode> = Parameters<Sentences[Code]>

export function describeProblem<Code extends ProblemCode>(
  code: Code,
  ...values: ProblemValues<Code>
): Wording {
  const sentence = sentences[code] as (...values: ProblemValues<Code>) => Wording
  return sentence(...values)
}
