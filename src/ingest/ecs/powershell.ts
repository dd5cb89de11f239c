import { account, commandLine, type DataRule, type DataRules, dropped } from './data-rule'
import { file, long, named, text } from './data-rule'
import type { EventWriter } from './event-writer'
import type { FamilyTable } from './plan'
import type { ContextEntry } from './powershell-context'
import { firstOpen, lastOpen, readClassicContext } from './powershell-context'
import { readContext, readDetails } from './powershell-context'

const details = (openOf: typeof lastOpen): DataRule =>
  named((out, value, from) => {
    const found = readDetails(value, openOf).map((detail) => ({ ...detail }))
    if (found.length > 0) out.put('powershell.command.invocation_details', found, from)
  })

/** What stands in the context of an event, or among its data (events-ecs.md 2.3). */
const RULES: DataRules = {
  HostID: text('process.entity_id'),
  HostId: text('process.entity_id'),
  HostApplication: commandLine('process'),
  HostName: text('process.title'),
  HostVersion: text('powershell.process.executable_version'),
  UserId: account('user'),
  ShellID: text('powershell.id'),
  EngineVersion: text('powershell.engine.version'),
  NewEngineState: text('powershell.engine.new_state'),
  PreviousEngineState: text('powershell.engine.previous_state'),
  NewProviderState: text('powershell.provider.new_state'),
  ProviderName: text('powershell.provider.name'),
  PipelineID: text('powershell.pipeline_id'),
  PipelineId: text('powershell.pipeline_id'),
  RunspaceID: text('powershell.runspace_id'),
  RunspaceId: text('powershell.runspace_id'),
  CommandLine: text('powershell.command.value'),
  CommandPath: text('powershell.command.path'),
  CommandName: text('powershell.command.name'),
  CommandType: text('powershell.command.type'),
  ScriptBlockId: text('powershell.file.script_block_id'),
  ScriptBlockText: text('powershell.file.script_block_text'),
  ScriptName: file('file'),
  Path: file('file'),
  SequenceNumber: long('event.sequence'),
  MessageNumber: long('powershell.sequence'),
  MessageTotal: long('powershell.total'),
  DetailSequence: long('powershell.sequence'),
  DetailTotal: long('powershell.total'),
  Severity: dropped,
}

/** Writes the lines of a context as if they were data of the event. */
function putContext(
  out: EventWriter,
  entries: readonly ContextEntry[],
  from: string,
): void {
  const connected = entries.find(({ name }) => name === 'ConnectedUser')
  for (const { name, value } of entries)
    if (name === 'User') putUser(out, value, connected?.value, from)
    else if (name !== 'ConnectedUser') putEntry(out, name, value, from)
}

function putEntry(out: EventWriter, name: string, value: string, from: string): void {
  const rule: DataRule | undefined = Object.hasOwn(RULES, name) ? RULES[name] : undefined
  if (rule) rule.write(out, value, from)
  else out.put(`winlog.event_data.${name}`, value, from)
}

/** Where one has connected from elsewhere, that one is the user, and the other the target. */
function putUser(
  out: EventWriter,
  user: string,
  connected: string | undefined,
  from: string,
): void {
  if (connected === undefined) account('user').write(out, user, from)
  else {
    account('source.user').write(out, connected, from)
    account('user').write(out, connected, from)
    account('destination.user').write(out, user, from)
  }
}

const context = named((out, value, from) => putContext(out, readContext(value), from))
const classicContext = named((out, value, from) =>
  putContext(out, readClassicContext(value), from),
)

const PROCESS = ['process']

/** Microsoft-Windows-PowerShell/Operational. */
export const powershell: FamilyTable = {
  events: { 4105: { type: ['start'] }, 4106: { type: ['end'] } },
  otherwise: { category: PROCESS, type: ['info'] },
  rules: RULES,
  rulesOf: (code): DataRules =>
    code === '4103' ? { ContextInfo: context, Payload: details(lastOpen) } : {},
  isLoggerTheUser: true,
}

/** The older log, whose data have no names. */
export const classicPowershell: FamilyTable = {
  events: { 400: { type: ['start'] }, 403: { type: ['end'] } },
  otherwise: { category: PROCESS, type: ['info'] },
  rules: { ...RULES, param1: dropped, param2: dropped, param3: dropped },
  rulesOf: (code): DataRules =>
    code === '800'
      ? { param2: classicContext, param3: details(firstOpen) }
      : { param3: classicContext },
}
