import type { XmlElement } from '../../../src/ingest/windows/xml-tree'

/** A datum of an event, with the type that Windows keeps it in. */
export interface IncidentDatum {
  readonly name: string
  readonly type: string
  readonly value: string
}

export interface IncidentEvent {
  readonly provider: string
  readonly guid: string
  readonly channel: string
  readonly id: string
  readonly version: string
  readonly level: string
  readonly task: string
  readonly keywords: string
  /** ISO 8601 with three digits of the second. */
  readonly time: string
  readonly record: string
  readonly process: string
  readonly thread: string
  /** A SID. */
  readonly account: string | undefined
  readonly data: readonly IncidentDatum[]
}

export const COMPUTER = 'lager-12.hafen.example'

/** Reads a drawing of events, as `incident.txt` describes it. */
export function readIncident(text: string): readonly IncidentEvent[] {
  const blocks = text
    .replace(/^#.*\n/gm, '')
    .trim()
    .split('\n\n')
  return blocks.map((block) => readEvent(block.split('\n')))
}

const PROVIDERS: Readonly<
  Record<
    string,
    { readonly guid: string; readonly channel: string; readonly level: string }
  >
> = {
  'Microsoft-Windows-Sysmon': {
    guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    level: '4',
  },
  'Microsoft-Windows-Security-Auditing': {
    guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
    channel: 'Security',
    level: '0',
  },
  'Microsoft-Windows-PowerShell': {
    guid: '{A0C1853B-5C40-4B15-8766-3CF1C58F985A}',
    channel: 'Microsoft-Windows-PowerShell/Operational',
    level: '5',
  },
}

function readEvent([head = '', ...lines]: readonly string[]): IncidentEvent {
  const [
    provider = '',
    id = '',
    version = '',
    task = '',
    keywords = '',
    time = '',
    ...rest
  ] = head.split(' ')
  const [record = '', logger = '', account] = rest
  const [process = '', thread = ''] = logger.split(':')
  return {
    ...{ provider, ...PROVIDERS[provider]!, id, version, task, keywords, time, record },
    ...{ process, thread, account: account === '-' ? undefined : account },
    data: lines.map(readDatum),
  }
}

function readDatum(line: string): IncidentDatum {
  const [, name = '', type = '', value = ''] = /^ {2}(\S+) (\S+) (.*)$/.exec(line) ?? []
  return { name, type, value: value.replaceAll('\\n', '\n') }
}

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'

type Attributes = Readonly<Record<string, string>>

function element(
  name: string,
  attributes: Attributes,
  ...children: readonly (XmlElement | string)[]
): XmlElement {
  const listed = Object.entries(attributes).map(([key, value]) => ({ name: key, value }))
  return { name, attributes: listed, children, isEmptyTag: children.length === 0 }
}

/** The event as the tree of its XML; `print` gives each datum and each part its text. */
export function treeOf(
  event: IncidentEvent,
  print: (datum: IncidentDatum) => string,
): XmlElement {
  const part = (name: string, type: string, value: string) =>
    element(name, {}, print({ name, type, value }))
  const attribute = (name: string, type: string, value: string) => ({
    [name]: print({ name, type, value }),
  })
  const { account } = event
  const system = element(
    'System',
    {},
    element('Provider', {
      Name: event.provider,
      ...attribute('Guid', 'guid', event.guid),
    }),
    part('EventID', 'uint16', event.id),
    part('Version', 'uint8', event.version),
    part('Level', 'uint8', event.level),
    part('Task', 'uint16', event.task),
    part('Opcode', 'uint8', '0'),
    part('Keywords', 'hex64', event.keywords),
    element('TimeCreated', attribute('SystemTime', 'filetime', event.time)),
    part('EventRecordID', 'uint64', event.record),
    element('Correlation', {}),
    element('Execution', {
      ...attribute('ProcessID', 'uint32', event.process),
      ...attribute('ThreadID', 'uint32', event.thread),
    }),
    element('Channel', {}, event.channel),
    element('Computer', {}, COMPUTER),
    element('Security', account === undefined ? {} : attribute('UserID', 'sid', account)),
  )
  const data = event.data.map((datum) =>
    element('Data', { Name: datum.name }, print(datum)),
  )
  return element('Event', { xmlns: NAMESPACE }, system, element('EventData', {}, ...data))
}
