/** All sentences about damaged event logs; `chunk` is 1-based. */
export const damageText = {
  'not-evtx': () =>
    'The file does not begin as a Windows event log (EVTX) does. Its blocks were read all the same.',
  'file-checksum': () =>
    'The checksum of the file header is wrong. No event depends on the header.',
  'no-chunk': (chunk) =>
    `Block ${chunk} does not begin as a block of events does, and was passed over.`,
  'chunk-cut': (chunk) => `The file ends in the middle of block ${chunk}.`,
  'chunk-checksum': (chunk) =>
    `The checksum of the header of block ${chunk} is wrong. What can be read of its events was read.`,
  'records-checksum': (chunk) =>
    `The checksum of the events of block ${chunk} is wrong: some may have been changed or damaged.`,
  'record-lost': (chunk) => `Bytes in block ${chunk} should be an event, but are none.`,
  'past-end': () => 'The event ends in the middle of something.',
  'bad-token': () => 'The event holds a mark that the format does not know.',
  'bad-name': () => 'The event uses a name that is not in its block.',
  'bad-template': () => 'The event uses a template that is not in its block.',
  'too-deep': () => 'The event is nested too deep.',
  'too-much': () => 'The event would become far larger than its bytes.',
  'no-event': () => 'The record holds no event.',
} as const satisfies Record<string, (chunk: number) => string>

/** What can be wrong with an event log. */
export type DamageCode = keyof typeof damageText
