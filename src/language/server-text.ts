/**
 * What Elasticsearch says, word for word, of the mistakes its tree builder finds
 * (language.md 5.1, 5.5, 6.1, 7.1, 8.6). Facts of the server, needed to answer as
 * it does; our own sentences are in `wording.ts`.
 */
export const serverText = {
  singleQuotes: `Use double quotes ["] to define string literals, not single quotes [']`,
  oldRawString: (opening: string) =>
    `Use triple double quotes ["""] to define unescaped string literals, not [${opening}]`,
  unicodeDigits: (digits: string) =>
    `Unicode sequence should use [2-8] hex digits, [\\u{${digits}}] has [${digits.length}]`,
  unicodeRange: (digits: string) => `Invalid unicode character code [${digits}]`,
  unicodeSurrogate: (digits: string) =>
    `Invalid unicode character code, [${digits}] is a surrogate code`,
  numberTooLarge: (text: string) => `Number [${text}] is too large`,
  emptyQuery: 'Validation Failed: 1: query is null or empty;',
  tooDeep: 'EQL statement is too large, causing stack overflow',
  arrayIndex: 'Array indexes are not supported',
  processRelation: 'Process relationships are not supported',
  join: 'JOIN command is not supported',
  byAfterWith: 'Please specify sequence [by] before [with] not after',
  tooFewSteps: (body: string, found: number) =>
    `A ${body} requires a minimum of 2 queries, found [${found}]`,
  sequenceTooLong: (found: number) =>
    `Sequence cannot contain more than 256 queries; found [${found}]`,
  sampleTooLong: (found: number) =>
    `A sample cannot contain more than 5 queries, found [${found}]`,
  noPositiveStep: 'A sequence requires at least one positive event query; found none',
  missingNeedsMaxspan:
    '[maxspan] is required for sequences with missing events queries; found none',
  missingOutsideSequence: 'Missing events are supported only for sequences',
  joinKey: (text: string) => `Unsupported join key [${text}]`,
  joinKeyCount: (expected: number, found: number) =>
    `Inconsistent number of join keys specified; expected [${expected}] but found [${found}]`,
  sampleWithoutKey: 'A sample must have at least one join key, found none',
  joinKeyTwice: (names: readonly string[]) =>
    `Join keys must be used only once, found duplicates: [${names.join(', ')}]`,
  samplePipe: 'Samples do not support pipes yet',
  runsName: (name: string) => `Unrecognized option [${name}], expecting [runs]`,
  runsOnUntil: 'Option [runs] is not supported for until queries',
  runsValue: (text: string) => `A positive runs value is required; found [${text}]`,
  runsTooMany: (text: string) =>
    `A query cannot be repeated more than 100 times; found [${text}]`,
  maxspanUnitMissing: (text: string) =>
    `No time unit specified, did you mean [s] as in [${text}s]?`,
  maxspanUnit: (unit: string, text: string) =>
    `Unrecognized time unit [${unit}] in [${text}], please specify one of [ms, s, m, h, d]`,
  maxspanValue: (text: string) => `A positive maxspan value is required; found [${text}]`,
  maxspanFraction: (text: string) =>
    `Decimal time interval [${text}] not supported; please use an positive integer`,
  pipeUnknown: (name: string, similar: readonly string[]) =>
    `Unrecognized pipe [${name}]${didYouMean(similar)}`,
  pipeUnsupported: (name: string) => `Pipe [${name}] is not supported`,
  pipeArguments: (name: string, found: number) =>
    `Pipe [${name}] expects exactly one argument but found [${found}]`,
  pipeCount: (name: string, text: string) =>
    `Pipe [${name}] expects a positive integer but found [${text}]`,
}

/** The tail of an "Unknown …" message (language.md 3.12). */
export function didYouMean(similar: readonly string[]): string {
  if (similar.length === 0) return ''
  return similar.length === 1
    ? `, did you mean [${similar[0]}]?`
    : `, did you mean any of [${similar.join(', ')}]?`
}
