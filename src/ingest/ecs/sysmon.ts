import { account, address, all, commandLine, copied, type DataRule } from './data-rule'
import { type DataRules, dropped, file, image, long, named, text } from './data-rule'
import { onlyExtended, truth, word } from './data-rule'
import { putDnsQuestion } from './dns-question'
import { putDnsResults, QUERY_STATUS } from './dns-results'
import { putHashes } from './hashes'
import type { EventWriter } from './event-writer'
import { nameOf } from './path-parts'
import type { FamilyTable, Put } from './plan'
import { putRegistryData, putRegistryPath } from './registry'
import { SYSMON_EVENTS } from './sysmon-events'

const hashes = (object: 'process' | 'file' | 'dll' | undefined): DataRule =>
  named((out, value, from) => putHashes(out, object, value, from))

/** Names of ports: that of the destination before that of the source. */
const sourcePortName = named((out, value, from) => {
  if (!out.has('DestinationPortName')) out.put('network.protocol', value, from)
})

const queryStatuses = new Map(Object.entries(QUERY_STATUS))
const queryStatus = named((out, value, from) =>
  out.put('sysmon.dns.status', queryStatuses.get(value) ?? value, from),
)

const isValid = (field: string): DataRule =>
  named((out, value, from) => {
    if (value === 'Valid') out.put(field, true, from)
  })

/** Parts of a program's version resource; they also stay where they were. */
const versionOf = (object: string): DataRules => ({
  Company: copied(text(`${object}.pe.company`)),
  Description: copied(text(`${object}.pe.description`)),
  FileVersion: copied(text(`${object}.pe.file_version`)),
  Product: copied(text(`${object}.pe.product`)),
})

/** Of programs and drivers that are loaded. That one is signed, Elastic never says. */
const signature: DataRules = {
  Signature: copied(text('file.code_signature.subject_name')),
  SignatureStatus: copied(
    all(text('file.code_signature.status'), isValid('file.code_signature.valid')),
  ),
  Signed: copied(onlyExtended(truth('file.code_signature.signed'))),
}

const fileHashes: DataRules = { Hashes: hashes('file'), Hash: hashes('file') }
const processHashes: DataRules = { Hashes: hashes('process'), Hash: hashes('process') }

const registry: DataRules = {
  TargetObject: named((out, value, from) => putRegistryPath(out, value, from)),
  Details: named((out, value, from) => {
    if (out.has('TargetObject')) putRegistryData(out, value, from)
  }),
}

const libraryPath = named((out, value, from) => {
  out.put('dll.path', value, from)
  const name = nameOf(value)
  if (name !== undefined) out.put('dll.name', name, from)
})

/** What Elastic Endpoint would say of an image that is loaded; in extended mode only. */
const library: DataRules = {
  ImageLoaded: libraryPath,
  Hashes: hashes('dll'),
  Hash: hashes('dll'),
  OriginalFileName: text('dll.pe.original_file_name'),
  ...versionOf('dll'),
  Signature: text('dll.code_signature.subject_name'),
  SignatureStatus: all(
    text('dll.code_signature.status'),
    isValid('dll.code_signature.trusted'),
  ),
  Signed: truth('dll.code_signature.exists'),
}

/** Rules for the same names, first the ones and then, in extended mode, the others. */
const extendedBy = (rules: DataRules, more: DataRules): DataRules =>
  Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      const other = more[name]
      return [
        name,
        other ? { ...all(rule, onlyExtended(other)), stays: rule.stays } : rule,
      ]
    }),
  )

const fileVersion: DataRules = {
  ...versionOf('file'),
  OriginalFileName: text('file.pe.original_file_name'),
}

const RULES: DataRules = {
  ProcessGuid: text('process.entity_id'),
  ProcessId: long('process.pid'),
  Image: image('process'),
  SourceProcessGuid: text('process.entity_id'),
  SourceProcessGUID: text('process.entity_id'),
  SourceProcessId: long('process.pid'),
  SourceThreadId: long('process.thread.id'),
  SourceImage: image('process'),
  Destination: image('process'),
  CommandLine: commandLine('process'),
  CurrentDirectory: text('process.working_directory'),
  ParentProcessGuid: text('process.parent.entity_id'),
  ParentProcessId: long('process.parent.pid'),
  ParentImage: image('process.parent'),
  ParentCommandLine: commandLine('process.parent'),
  OriginalFileName: text('process.pe.original_file_name'),
  ...versionOf('process'),
  ...signature,
  Hashes: hashes(undefined),
  Hash: hashes(undefined),

  TargetFilename: file('file'),
  Device: file('file'),
  ImageLoaded: file('file'),
  PipeName: text('file.name'),

  Protocol: text('network.transport'),
  DestinationPortName: text('network.protocol'),
  SourcePortName: sourcePortName,
  SourceIp: address('source.ip'),
  SourceHostname: text('source.domain'),
  SourcePort: long('source.port'),
  DestinationIp: address('destination.ip'),
  DestinationHostname: text('destination.domain'),
  DestinationPort: long('destination.port'),
  Initiated: word('network.direction', { true: 'egress', false: 'ingress' }),
  SourceIsIpv6: word('network.type', { true: 'ipv6', false: 'ipv4' }),
  DestinationIsIpv6: dropped,

  QueryName: named(putDnsQuestion),
  QueryResults: named(putDnsResults),
  QueryStatus: queryStatus,

  User: account('user'),
  RuleName: text('rule.name'),
  Archived: truth('sysmon.file.archived'),
  IsExecutable: truth('sysmon.file.is_executable'),
  UtcTime: dropped,
  TargetObject: dropped,
  Details: dropped,
  TargetProcessGuid: text('winlog.event_data.TargetProcessGUID'),
}

const RULES_OF: Readonly<Record<string, DataRules>> = {
  1: processHashes,
  6: fileHashes,
  7: extendedBy(
    { ...signature, ...fileVersion, ...fileHashes, ImageLoaded: file('file') },
    library,
  ),
  12: registry,
  13: registry,
  14: registry,
  15: fileHashes,
  22: { DestinationPortName: dropped, SourcePortName: dropped },
  23: processHashes,
  24: processHashes,
  25: { ...processHashes, Type: text('message') },
  26: processHashes,
  29: fileHashes,
  255: { ID: text('error.code') },
}

/** Categories that events have only in extended mode. */
export const extendedCategories: ReadonlySet<string> = new Set(['library'])

const putDnsProtocol: Put = (out) => out.put('network.protocol', 'dns', 'System.EventID')

/** Sysmon, whose pipeline takes most values out of EventData (events-ecs.md 2.1). */
export const sysmon: FamilyTable = {
  events: SYSMON_EVENTS,
  rules: RULES,
  dropsBlanks: true,
  isLoggerTheUser: true,
  rulesOf: (code) => (Object.hasOwn(RULES_OF, code) ? RULES_OF[code]! : {}),
  finish: (code) => (code === '22' ? [putDnsProtocol] : []),
  extend(out, code) {
    if (code === '7') addTo(out, 'event.category', SYSMON_EVENTS[7]!.category!, 'library')
    const isDeleted = out.datum('EventType')?.startsWith('Delete')
    if (code === '12' && isDeleted)
      addTo(out, 'event.type', SYSMON_EVENTS[12]!.type!, 'deletion')
  },
}

function addTo(
  out: EventWriter,
  field: string,
  faithful: readonly string[],
  word: string,
): void {
  out.extend(field, [...faithful, word], [...faithful], 'System.EventID')
}
