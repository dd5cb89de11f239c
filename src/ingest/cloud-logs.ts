import { remedyText } from './wording'

/** A service of some cloud whose records are known but not read. */
interface Known {
  readonly what: string
  /** The package of Elastic Agent that makes ECS of it. */
  readonly integration: string
  /** Keys that all its records have. */
  readonly keys: readonly string[]
}

const KNOWN: readonly Known[] = [
  {
    what: 'AWS CloudTrail',
    integration: 'AWS',
    keys: ['eventSource', 'eventName', 'awsRegion'],
  },
  {
    what: 'the Microsoft 365 audit log',
    integration: 'Microsoft Office 365',
    keys: ['RecordType', 'Operation', 'Workload'],
  },
  {
    what: 'Microsoft Entra ID sign-ins',
    integration: 'Azure Logs',
    keys: ['userPrincipalName', 'conditionalAccessStatus', 'createdDateTime'],
  },
  {
    what: 'Microsoft Entra ID audit',
    integration: 'Azure Logs',
    keys: ['activityDisplayName', 'initiatedBy', 'targetResources'],
  },
  {
    what: 'Google Workspace audit',
    integration: 'Google Workspace',
    keys: ['kind', 'actor', 'uniqueQualifier'],
  },
  {
    what: 'Google Cloud audit',
    integration: 'Google Cloud Platform',
    keys: ['protoPayload', 'insertId', 'logName'],
  },
  {
    what: 'Okta’s system log',
    integration: 'Okta',
    keys: ['eventType', 'legacyEventType', 'displayMessage'],
  },
]

/**
 * Recognises records of a cloud service by how a text of JSON begins (events-formats.md 3,
 * variant J). What Elastic has made of them is ECS, and told by its `@timestamp`.
 */
export function recogniseCloudLog(
  head: string,
): { readonly what: string; readonly remedy: string } | undefined {
  if (!/^\s*[[{]/.test(head)) return undefined
  const found = keysOfFirst(head.replace(LIST, '{'))
  if (found.has('@timestamp')) return undefined
  const known = KNOWN.find(({ keys }) => keys.every((key) => found.has(key)))
  return known && { what: known.what, remedy: remedyText.integration(known.integration) }
}

/** What a list of records may stand in. */
const LIST = /^\s*\{\s*"(?:Records|records|value|items)"\s*:\s*\[\s*\{/

/** The keys of the first object itself, not of those within it. */
function keysOfFirst(text: string): ReadonlySet<string> {
  const keys = new Set<string>()
  let depth = 0
  const tokens = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g
  for (const [token, key = '', colon] of text.matchAll(tokens)) {
    if (token === '{') depth++
    else if (token === '}') {
      if (--depth === 0) break
    } else if (colon !== undefined && depth === 1) keys.add(key)
  }
  return keys
}
