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
  json: 'JSON.',
  unset: 'not set',
  yes: 'yes',
  no: 'no',
  noNumber: 'This is no number, so it was not taken.',
  noJson: 'This is no JSON, so it was not taken.',
  noList: 'A list or an object is wanted here, so it was not taken.',
  noNull: 'TOML has no null: leave out what is null. It was not taken.',
  add: 'Add',
} as const

/** The parts of the form. */
export const FORM_GROUPS = {
  about: 'What it is',
  schedule: 'What it runs over',
  guide: 'Guide',
  alerts: 'Its alerts',
  needs: 'What it needs',
  file: 'The file',
} as const

/** Labels of what is edited alone, or shown in other words. */
export const EDIT_NAMES = {
  name: 'Name',
  description: 'Description',
  field: 'Field',
  value: 'Value',
  level: 'Level',
  fixedScore: 'Fixed score',
  listId: 'List id',
  listType: 'Kind of list',
  namespaceType: 'Namespace',
  package: 'Package',
  integration: 'Integration',
  versions: 'Versions',
  type: 'Type',
  ecs: 'ECS',
  namespace: 'Namespace of its alerts',
  meta: 'Further facts',
  made: 'Made on',
  updated: 'Updated on',
  deprecated: 'Deprecated on',
  stackComments: 'Why that version',
  bypassTiming: 'Runs more often than building blocks',
  osquery: 'Osquery blocks',
  investigate: 'Investigate blocks',
  label: 'Label',
  sql: 'SQL',
  ecsMapping: 'Mapping to ECS',
  about: 'About',
  providers: 'Tests',
  relativeFrom: 'From',
  relativeTo: 'To',
} as const

/** Of a row in a list of the form: `Field, 2`. */
export const sayInRow = (label: string, row: number): string => `${label}, ${row}`

export const sayAdd = (title: string): string => `Add to ${title.toLowerCase()}`

export const sayRemoveRow = (title: string, row: number): string =>
  `Remove ${row} of ${title.toLowerCase()}`

/** The editor of ATT&CK. */
export const ATTACK = {
  framework: 'Framework',
  tactic: 'Tactic',
  technique: 'Technique',
  subtechnique: 'Sub-technique',
  id: 'Id',
  name: 'Called',
  reference: 'Address',
  follow: 'Use the address of this id',
  addTactic: 'Add tactic',
  addTechnique: 'Add technique',
  addSubtechnique: 'Add sub-technique',
} as const

export const sayRemoveEntry = (kind: string, name: string): string =>
  `Remove ${kind.toLowerCase()} ${name}`.trim()

/** The editor of alert suppression. */
export const SUPPRESSION = {
  groupBy: 'Joined by fields',
  per: 'Joined for',
  everyRun: 'each run',
  aTime: 'a time',
  amount: 'How long',
  unit: 'Unit',
  units: [
    ['s', 'seconds'],
    ['m', 'minutes'],
    ['h', 'hours'],
  ],
  missing: 'Events without these fields',
  strategies: [
    ['suppress', 'are joined, too'],
    ['doNotSuppress', 'make alerts of their own'],
  ],
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
