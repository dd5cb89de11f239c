import { EDIT_NAMES as NAMES, FORM_GROUPS } from './edit-wording'
import { FACT_NAMES as FACTS } from './fact-wording'

/** How a value is typed. `lines`: a list, one a line. `text`: on several lines. */
export type FieldKind =
  | { readonly kind: 'line' | 'text' | 'number' | 'switch' | 'json' }
  /** `within`: the list stands in an object, under this key. */
  | { readonly kind: 'lines'; readonly within?: string }
  | { readonly kind: 'choice'; readonly options: readonly string[] }

/** A field of a rule that can be edited in the form, by its name in the API. */
export type FormField = {
  readonly key: string
  readonly label: string
  /** What is used where it is empty, or an example. */
  readonly hint?: string
} & (
  | FieldKind
  | { readonly kind: 'rows'; readonly columns: readonly Column[]; readonly more?: More }
  | { readonly kind: 'threat' }
  | { readonly kind: 'suppression' }
)
export type RowsField = Extract<FormField, { readonly kind: 'rows' }>

/** A key of each object of a list; one without the first is not written. */
export type Column = { readonly key: string; readonly label: string } & FieldKind
/** What a new object has besides what was typed. */
type More = Readonly<Record<string, string>>

/** Fields that belong together. */
export interface FormGroup {
  readonly title: string
  /** Few rules have these: they are folded up until one has. */
  readonly isRare?: boolean
  readonly fields: readonly FormField[]
}

const SEVERITIES = ['low', 'medium', 'high', 'critical']
const line = (key: string, label: string, hint = ''): FormField => ({
  ...{ key, label, hint, kind: 'line' },
})
const lines = (key: string, label: string): FormField => ({ key, label, kind: 'lines' })
const text = (key: string, label: string, hint = ''): FormField => ({
  ...{ key, label, hint, kind: 'text' },
})
const number = (key: string, label: string, hint = ''): FormField => ({
  ...{ key, label, hint, kind: 'number' },
})
const toggle = (key: string, label: string): FormField => ({ key, label, kind: 'switch' })
const json = (key: string, label: string): FormField => ({ key, label, kind: 'json' })
const column = (key: string, label: string): Column => ({ key, label, kind: 'line' })
const rows = (
  key: string,
  label: string,
  columns: readonly Column[],
  more?: More,
): FormField => ({ key, label, kind: 'rows', columns, ...(more && { more }) })

const NAME: readonly FormField[] = [
  line('name', NAMES.name),
  text('description', NAMES.description),
]
const THREAT: FormGroup = {
  title: FACTS.threat,
  fields: [{ key: 'threat', label: FACTS.threat, kind: 'threat' }],
}
const LICENCE = line('license', FACTS.license)
const REFERENCES = lines('references', FACTS.references)

const DETECTION: readonly FormGroup[] = [
  {
    title: FORM_GROUPS.about,
    fields: [
      ...NAME,
      { key: 'severity', label: FACTS.severity, kind: 'choice', options: SEVERITIES },
      number('risk_score', FACTS.riskScore, '0–100'),
      lines('tags', FACTS.tags),
      lines('author', FACTS.author),
      LICENCE,
      REFERENCES,
      lines('false_positives', FACTS.falsePositives),
    ],
  },
  {
    title: FORM_GROUPS.schedule,
    fields: [
      lines('index', FACTS.index),
      line('data_view_id', FACTS.dataViewId),
      line('interval', FACTS.interval, '5m'),
      line('from', FACTS.from, 'now-6m'),
      line('to', FACTS.to, 'now'),
      number('max_signals', FACTS.maxSignals, '100'),
      line('timestamp_override', FACTS.timestampOverride),
      toggle('timestamp_override_fallback_disabled', FACTS.noFallback),
      line('timestamp_field', FACTS.timestampField, '@timestamp'),
      line('tiebreaker_field', FACTS.tiebreakerField),
      line('event_category_override', FACTS.eventCategoryOverride, 'event.category'),
    ],
  },
  THREAT,
  {
    title: FORM_GROUPS.guide,
    fields: [
      text('note', FACTS.note, 'Markdown'),
      text('setup', FACTS.setup, 'Markdown'),
      {
        ...{ key: 'investigation_fields', label: FACTS.investigationFields },
        ...{ kind: 'lines', within: 'field_names' },
      },
    ],
  },
  {
    title: FORM_GROUPS.alerts,
    isRare: true,
    fields: [
      { key: 'alert_suppression', label: FACTS.suppression, kind: 'suppression' },
      rows(
        'severity_mapping',
        FACTS.severityMapping,
        [
          column('field', NAMES.field),
          column('value', NAMES.value),
          { key: 'severity', label: NAMES.level, kind: 'choice', options: SEVERITIES },
        ],
        { operator: 'equals' },
      ),
      rows(
        'risk_score_mapping',
        FACTS.riskScoreMapping,
        [
          column('field', NAMES.field),
          { key: 'risk_score', label: NAMES.fixedScore, kind: 'number' },
        ],
        { operator: 'equals', value: '' },
      ),
      line('rule_name_override', FACTS.ruleNameOverride),
      {
        ...{ key: 'building_block_type', label: FACTS.buildingBlockType },
        ...{ kind: 'choice', options: ['default'] },
      },
      line('timeline_id', FACTS.timelineId),
      line('timeline_title', FACTS.timeline),
      rows(
        'exceptions_list',
        FACTS.exceptionsList,
        [
          column('list_id', NAMES.listId),
          column('type', NAMES.listType),
          column('namespace_type', NAMES.namespaceType),
        ],
        { type: 'detection', namespace_type: 'single' },
      ),
      json('filters', FACTS.filters),
      json('actions', FACTS.actions),
      json('response_actions', FACTS.responseActions),
      line('throttle', FACTS.throttle),
    ],
  },
  {
    title: FORM_GROUPS.needs,
    isRare: true,
    fields: [
      rows('related_integrations', FACTS.relatedIntegrations, [
        column('package', NAMES.package),
        column('integration', NAMES.integration),
        column('version', NAMES.versions),
      ]),
      rows('required_fields', FACTS.requiredFields, [
        column('name', NAMES.field),
        column('type', NAMES.type),
        { key: 'ecs', label: NAMES.ecs, kind: 'switch' },
      ]),
    ],
  },
  {
    title: FORM_GROUPS.file,
    isRare: true,
    fields: [
      line('rule_id', FACTS.ruleId),
      number('version', FACTS.version),
      toggle('enabled', FACTS.enabled),
      line('namespace', NAMES.namespace),
      json('meta', NAMES.meta),
      {
        ...{ key: 'metadata.maturity', label: FACTS.maturity, kind: 'choice' },
        options: ['development', 'experimental', 'beta', 'production', 'deprecated'],
      },
      lines('metadata.integration', FACTS.integration),
      line('metadata.creation_date', NAMES.made, '2024/10/15'),
      line('metadata.updated_date', NAMES.updated, '2024/10/15'),
      line('metadata.deprecation_date', NAMES.deprecated, '2024/10/15'),
      line('metadata.min_stack_version', FACTS.stack),
      line('metadata.min_stack_comments', NAMES.stackComments),
      toggle('metadata.bypass_bbr_timing', NAMES.bypassTiming),
      rows('transform.osquery', NAMES.osquery, [
        column('label', NAMES.label),
        { key: 'query', label: NAMES.sql, kind: 'text' },
        { key: 'ecs_mapping', label: NAMES.ecsMapping, kind: 'json' },
      ]),
      rows('transform.investigate', NAMES.investigate, [
        column('label', NAMES.label),
        column('description', NAMES.about),
        { key: 'providers', label: NAMES.providers, kind: 'json' },
        column('relativeFrom', NAMES.relativeFrom),
        column('relativeTo', NAMES.relativeTo),
      ]),
    ],
  },
]

const ENDPOINT: readonly FormGroup[] = [
  { title: FORM_GROUPS.about, fields: [...NAME, LICENCE, REFERENCES] },
  THREAT,
]

export const groupsOf = (isOfEndpoint: boolean): readonly FormGroup[] =>
  isOfEndpoint ? ENDPOINT : DETECTION
