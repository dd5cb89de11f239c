/** What the page says where a rule is edited. */

export const SOURCE = {
  broken:
    'This is no TOML of a rule as it stands. It is kept as you typed it; the rule is ' +
    'as it was when it could last be read.',
  dropDraft: 'Back to the last that could be read',
  restore: 'Back to the rule as opened',
} as const

export const FORM = {
  edit: 'Edit',
  broken: 'The source cannot be read as it stands, so there is nothing to edit here.',
  lines: 'One a line.',
  unset: 'not set',
} as const

export const EXPORT = {
  one: 'Export',
  failed: 'The file could not be made.',
  formats: [
    ['toml', 'TOML (detection-rules)'],
    ['ndjson', 'Kibana import (NDJSON)'],
    ['eql', 'Query only (EQL)'],
    ['folder', 'Rule folder (zip)'],
  ],
} as const

export const sayExportAll = (count: number): string => `Export all ${count} rules`
