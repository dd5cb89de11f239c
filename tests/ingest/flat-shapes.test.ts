import { test } from 'vitest'
import { expectSameTables } from './same-tables'

/*
 * Flat events that have the same keys and are others all the same: which was there first
 * makes no difference to those behind it.
 */

const sentinel = (more: object) => ({
  TimeGenerated: '2026-02-03T14:20:01.5Z',
  Type: 'Event',
  Computer: 'ws1',
  ...more,
})
const auditing = { Channel: 'Security', EventID: 4648, Hostname: 'ws1' }

const CASES: Record<string, readonly object[]> = {
  'the log of Sentinel decides': [
    sentinel({
      EventID: 4624,
      EventLog: 'Application',
      Source: 'x',
      TargetUserName: 'ann',
    }),
    sentinel({ EventID: 4624, EventLog: 'Security', Source: 'x', TargetUserName: 'ann' }),
    sentinel({ EventID: 4624, EventLog: 'Security', Source: 'y', TargetUserName: 'bo' }),
  ],
  'the provider of Sentinel decides': [
    sentinel({ EventID: 1, Source: 'x', Image: 'C:\\a.exe' }),
    sentinel({ EventID: 1, Source: 'Microsoft-Windows-Sysmon', Image: 'C:\\a.exe' }),
    sentinel({
      EventID: 1,
      Source: 'Microsoft-Windows-Security-Auditing',
      Image: 'C:\\a.exe',
    }),
  ],
  'the message of Sentinel is a text as others': [
    sentinel({ EventID: 1, EventLog: 'System', Message: 'a', RenderedDescription: 'b' }),
    sentinel({ EventID: 1, EventLog: 'System', RenderedDescription: 'c\r\nd' }),
    sentinel({ EventID: 1, EventLog: 'System', RenderedDescription: 'e' }),
  ],
  'flat events behind events of ECS with their keys': [
    { 'event.category': 'process', EventID: 1, Channel: 'x' },
    { EventID: 1, Channel: 'x' },
    { EventID: 1 },
  ],
  'messages that look like times': [
    { ...auditing, Message: '2026-02-03T14:20:01Z' },
    { ...auditing, Message: 'other' },
    { ...auditing, Message: '2026-02-03T14:20:01Z', Other: 'x' },
    { ...auditing, Message: 'more', Other: 'x' },
  ],
  'values that are empty objects or lists': [
    { ...auditing, TargetUserName: 'ann' },
    { ...auditing, TargetUserName: 'ann', tags: {} },
    { ...auditing, TargetUserName: 'ann', Other: 'x' },
    { ...auditing, TargetUserName: 'ann', Other: {} },
    { ...auditing, TargetUserName: 'ann' },
    { ...auditing, TargetUserName: 'ann', Other: [] },
    { ...auditing, TargetUserName: 'ann', Other: [[], {}] },
    { ...auditing, TargetUserName: 'ann', SourceModuleType: {} },
    { ...auditing, TargetUserName: 'a&amp;b', SourceModuleType: 'im' },
    { ...auditing, TargetUserName: 'a&amp;b', SourceModuleType: {} },
  ],
  'entities mean something in events of NXLog': [
    {
      ...auditing,
      SubjectUserName: 'a&amp;b',
      SubjectDomainName: '&lt;',
      SourceModuleType: 'x',
    },
    { ...auditing, SubjectUserName: 'a&amp;b', SubjectDomainName: '&lt;' },
    { ...auditing, SubjectUserName: 'c&amp;d', SubjectDomainName: '&gt;' },
    {
      ...auditing,
      SubjectUserName: 'c&amp;d',
      SubjectDomainName: '&gt;',
      SourceModuleType: 'x',
    },
  ],
  'numbers beyond all digits are texts to NXLog': [
    { ...auditing, SourceModuleType: 'x', Task: 1, ThreadID: 5, EventType: 7 },
    { ...auditing, SourceModuleType: 'x', Task: 2 ** 60, ThreadID: 5, EventType: 7 },
    { ...auditing, SourceModuleType: 'x', Task: 1, ThreadID: 2 ** 60, EventType: 7 },
    { ...auditing, SourceModuleType: 'x', Task: 1, ThreadID: 5, EventType: 2 ** 60 },
    { ...auditing, SourceModuleType: 'x', Task: 1, ThreadID: 5, EventType: 'INFO' },
  ],
}

test.each(Object.entries(CASES))('%s', async (_, events) => {
  const lines = events.map((event) => JSON.stringify(event))
  await expectSameTables([[...lines, ...lines, ...lines.toReversed()].join('\n')])
  await expectSameTables([[...lines.toReversed(), ...lines, ...lines].join('\n')])
  for (const line of lines)
    await expectSameTables([[...lines, line, ...lines, ...lines.toReversed()].join('\n')])
})
