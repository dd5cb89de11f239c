import type { DeviceTable, HuntingRow } from './hunting-row'

/** What kind of event a row is. */
export interface RowClass {
  readonly category: string | undefined
  readonly types: readonly string[]
  readonly action: string | undefined
}

/** Category, type and action as Elastic's integration gives them. */
export function classifyRow({ table, action }: HuntingRow): RowClass {
  const low = action.toLowerCase()
  const category = table && categoryOf(table, low)
  return {
    category,
    types: category ? typesOf(category, low) : [],
    action: actionOf(category, low)?.replaceAll(' ', '-'),
  }
}

const CATEGORIES: Readonly<Record<DeviceTable, string>> = {
  DeviceEvents: 'host',
  DeviceFileCertificateInfo: 'file',
  DeviceFileEvents: 'file',
  DeviceImageLoadEvents: 'library',
  DeviceInfo: 'host',
  DeviceLogonEvents: 'authentication',
  DeviceNetworkEvents: 'network',
  DeviceNetworkInfo: 'network',
  DeviceProcessEvents: 'process',
  DeviceRegistryEvents: 'registry',
}

function categoryOf(table: DeviceTable, action: string): string {
  if (action.includes('driverload')) return 'driver'
  if (table === 'DeviceEvents' && action.endsWith('apicall')) return 'api'
  return CATEGORIES[table]
}

function typesOf(category: string, action: string): readonly string[] {
  switch (category) {
    case 'process':
      return action.includes('processcreated') ? ['start'] : []
    case 'library':
    case 'driver':
      return ['start']
    case 'file':
      return [FILE_TYPES[action] ?? 'info']
    case 'registry':
      return REGISTRY_TYPES.filter(([part]) => action.includes(part)).map(([, is]) => is)
    case 'network':
      return [networkType(action)]
    case 'api':
      if (action.startsWith('open')) return ['access']
      return [action.startsWith('write') ? 'change' : 'info']
    default:
      return ['info']
  }
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  filecreated: 'creation',
  filedeleted: 'deletion',
  filemodified: 'change',
  filerenamed: 'change',
}

const REGISTRY_TYPES: readonly (readonly [part: string, type: string])[] = [
  ['registrykeycreated', 'creation'],
  ['registrykeydeleted', 'deletion'],
  ['registryvaluedeleted', 'deletion'],
  ['registrykeyrenamed', 'change'],
  ['registryvalueset', 'change'],
]

function networkType(action: string): string {
  if (action.includes('connectionfailed')) return 'denied'
  if (action.includes('dnsconnectioninspected')) return 'protocol'
  return STARTS.some((part) => action.includes(part)) ? 'start' : 'info'
}

const STARTS = [
  'connectionsuccess',
  'connectionrequest',
  'listeningconnectioncreated',
  'inboundconnectionaccepted',
]

const ACTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  process: { processcreated: 'start' },
  file: {
    filecreated: 'creation',
    filedeleted: 'deletion',
    filemodified: 'modification',
    filerenamed: 'rename',
  },
  registry: { registrykeycreated: 'creation', registryvalueset: 'modification' },
  library: { imageloaded: 'load' },
}

function actionOf(category: string | undefined, action: string): string | undefined {
  if (category === 'driver') return 'load'
  const known = category && ACTIONS[category]?.[action]
  // Other actions on files are left without one.
  if (known || category === 'file') return known
  return action === '' ? undefined : action
}
