import { expect, test } from 'vitest'
import { readEvtx } from '../../../src/ingest/evtx/read-evtx'
import { readWindowsEvent } from '../../../src/ingest/windows/from-xml'
import { printXml } from '../../../src/ingest/evtx/print-xml'
import type { XmlElement } from '../../../src/ingest/windows/xml-tree'
import { printDump } from './dump-json'
import { drawEvtx } from './write-evtx'

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** As Windows lays events out: what a provider adds is an event within the event. */
const SYSTEM = `<System><Provider Name='{text Example-Provider}' Guid='{guid 78563412bc9af0de0123456789abcdef}'/><EventID Qualifiers='{null?}'>{uint16 4698}</EventID><Version>{uint8 1}</Version><Level>{uint8 0}</Level><Task>{uint16 12804}</Task><Opcode>{uint8 0}</Opcode><Keywords>{hex64 0000000000002080}</Keywords><TimeCreated SystemTime='{filetime 87969c7efa7bda01}'/><EventRecordID>{uint64 27732}</EventRecordID><Correlation ActivityID='{guid 000102030405060708090a0b0c0d0e0f}' RelatedActivityID='{null?}'/><Execution ProcessID='{uint32 852}' ThreadID='{uint32 968}'/><Channel>Security</Channel><Computer>{text ws-041.corp.example}</Computer><Security UserID='{sid 010100000000000512000000}'/></System>`
const NAMED = `{xml <EventData><Data Name='SubjectLogonId'>{hex64 e703000000000000}</Data><Data Name='TaskName'>{text \\Backup}</Data><Data Name='Note'>{text}</Data></EventData>}`
const CLASSIC = `<Event xmlns='${NAMESPACE}'><System><Provider Name='EventLog' EventSourceName='Old'/><EventID Qualifiers='{uint16 32768}'>{uint16 6009}</EventID></System><EventData><Data>{text[] 10.0|x|}</Data><Binary>{binary 0aff}</Binary></EventData></Event>`
const USER = `<Event><System><EventID>1102</EventID></System><UserData><LogFileCleared><Name>{text ann}</Name><Name>{text bob}</Name></LogFileCleared></UserData></Event>`

async function readOne(drawing: string): Promise<XmlElement> {
  const events: XmlElement[] = []
  await readEvtx(drawEvtx(drawing), ({ root }) => events.push(root))
  expect(events).toHaveLength(1)
  return events[0]!
}

test('what Windows says in an event', async () => {
  const event = await readOne(`<Event xmlns='${NAMESPACE}'>${SYSTEM}${NAMED}</Event>`)
  expect(readWindowsEvent(event)).toEqual({
    provider: 'Example-Provider',
    providerGuid: '{12345678-9ABC-DEF0-0123-456789ABCDEF}',
    eventSource: undefined,
    eventId: '4698',
    qualifiers: undefined,
    version: '1',
    level: '0',
    task: '12804',
    opcode: '0',
    keywords: '0x8020000000000000',
    timeCreated: '2024-03-22T01:44:35.7082759Z',
    recordId: '27732',
    activityId: '{03020100-0504-0706-0809-0A0B0C0D0E0F}',
    relatedActivityId: undefined,
    processId: '852',
    threadId: '968',
    channel: 'Security',
    computer: 'ws-041.corp.example',
    userId: 'S-1-5-18',
    data: [
      { name: 'SubjectLogonId', value: '0x3e7' },
      { name: 'TaskName', value: '\\Backup' },
      { name: 'Note', value: '' },
    ],
    userData: undefined,
    clock: 'utc',
  })
})

test('what an old provider says', async () => {
  const event = readWindowsEvent(await readOne(CLASSIC))
  expect(event).toMatchObject({
    provider: 'EventLog',
    eventSource: 'Old',
    eventId: '6009',
    qualifiers: '32768',
    channel: undefined,
  })
  expect(event.data).toEqual([
    { name: undefined, value: '10.0' },
    { name: undefined, value: 'x' },
    { name: undefined, value: '' },
    { name: 'Binary', value: '0AFF' },
  ])
})

test('what a provider says in a form of its own', async () => {
  const { data, userData } = readWindowsEvent(await readOne(USER))
  expect(data).toEqual([])
  expect(userData && printXml(userData)).toBe(
    '<UserData><LogFileCleared><Name>ann</Name><Name>bob</Name></LogFileCleared></UserData>',
  )
})

test('an event without anything', async () => {
  const event = readWindowsEvent(await readOne('<Event/>'))
  expect(Object.values(event).filter((value) => value !== undefined)).toEqual([[], 'utc'])
})

test('events in the shape of evtx_dump', async () => {
  const event = printDump(await readOne(`<Event>${SYSTEM}${NAMED}</Event>`))
  expect(event).toMatchObject({
    Event: {
      System: {
        EventID: 4698,
        Keywords: '0x8020000000000000',
        Execution: { '#attributes': { ProcessID: 852, ThreadID: 968 } },
      },
      EventData: { SubjectLogonId: '0x3e7', TaskName: '\\Backup', Note: '' },
    },
  })
  expect(printDump(await readOne(CLASSIC))).toMatchObject({
    Event: {
      '#attributes': { xmlns: NAMESPACE },
      System: { EventID: { '#text': 6009, '#attributes': { Qualifiers: 32768 } } },
      EventData: { Data: { '#text': ['10.0', 'x', ''] }, Binary: '0AFF' },
    },
  })
  expect(printDump(await readOne(USER))).toMatchObject({
    Event: { UserData: { LogFileCleared: { Name: 'ann', Name_1: 'bob' } } },
  })
})
