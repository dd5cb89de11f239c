import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findOrigin } from '../../src/ui/events/origin-range'
import { printOriginal } from '../../src/ui/events/print-original'
import { printXml } from '../../src/ui/events/print-xml'

const lit = (text: string, part: string): string | undefined => {
  const range = findOrigin(text, part)
  return range && text.slice(range.from, range.to)
}

const XML = `<Event xmlns='x'><System><Provider Name='P' Guid='{1}'/><EventID>1</EventID><Computer>ws1</Computer></System><EventData><Data Name='Image'>C:\\a.exe</Data><Data Name='ImageLoaded'>b</Data><Data Name='Empty'/></EventData></Event>`
const CLASSIC = `<Event><EventData><Data>a</Data><Data>b</Data><Binary>0A</Binary></EventData></Event>`
const OWN = `<Event><UserData><LogFileCleared><Name>ann</Name></LogFileCleared></UserData></Event>`
const FLAT = `{"Hostname":"ws1","Message":"\\"Image\\": x","Image":"C:\\\\a.exe","EventID": 1,"TimeCreated":"t"}`
const DUMP = `{"Event":{"System":{"Version":5,"TimeCreated":{"#attributes":{"SystemTime":"t"}}},"EventData":{"Version":"15.0","Image":"a"}}}`
const BEAT = `{"@timestamp":"t","winlog":{"computer_name":"ws1","process":{"pid":1},"event_data":{"Image":"a"}},"agent":{"type":"winlogbeat"}}`

describe('where a part of an event is in its record', () => {
  test.each([
    [XML, 'EventData.Image', `<Data Name='Image'>C:\\a.exe</Data>`],
    [XML, 'EventData.Empty', `<Data Name='Empty'/>`],
    [XML, 'System.Provider', `<Provider Name='P' Guid='{1}'/>`],
    [XML, 'System.Computer', '<Computer>ws1</Computer>'],
    [XML, 'EventData.Absent', undefined],
    [XML, 'UserData.Image', undefined],
    [CLASSIC, 'EventData.param2', '<Data>b</Data>'],
    [CLASSIC, 'EventData.Binary', '<Binary>0A</Binary>'],
    [OWN, 'UserData.Name', '<Name>ann</Name>'],
    [FLAT, 'EventData.Image', `"Image":"C:\\\\a.exe"`],
    [FLAT, 'System.Computer', `"Hostname":"ws1"`],
    [FLAT, 'System.EventID', `"EventID": 1`],
    [FLAT, 'RenderingInfo.Message', `"Message":"\\"Image\\": x"`],
    [DUMP, 'EventData.Version', `"Version":"15.0"`],
    [DUMP, 'System.Version', `"Version":5`],
    [DUMP, 'System.TimeCreated', `"TimeCreated":{"#attributes":{"SystemTime":"t"}}`],
    [BEAT, 'EventData.Image', `"Image":"a"`],
    [BEAT, 'System.TimeCreated', `"@timestamp":"t"`],
    [BEAT, 'System.Execution', `"process":{"pid":1}`],
    [BEAT, 'agent.type', `"type":"winlogbeat"`],
  ])('%s, %s', (text, part, expected) => {
    expect(lit(text, part)).toBe(expected)
  })
})

test('XML is laid out an element a line', () => {
  expect(printXml(XML)).toBe(
    [
      "<Event xmlns='x'>",
      '  <System>',
      "    <Provider Name='P' Guid='{1}'/>",
      '    <EventID>1</EventID>',
      '    <Computer>ws1</Computer>',
      '  </System>',
      '  <EventData>',
      "    <Data Name='Image'>C:\\a.exe</Data>",
      "    <Data Name='ImageLoaded'>b</Data>",
      "    <Data Name='Empty'/>",
      '  </EventData>',
      '</Event>',
    ].join('\n'),
  )
})

test('texts keep their blanks, and what is no XML all but blanks', () => {
  expect(printXml('<a><b> 1\n 2 </b></a>')).toBe('<a>\n  <b> 1\n 2 </b>\n</a>')
  const mark = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    ' ',
    '\n',
    "'",
    '"',
    '=',
    '!',
    '-',
    '?',
  )
  const solid = (text: string) => text.replace(/\s/g, '')
  fc.assert(
    fc.property(
      fc.array(mark).map((marks) => marks.join('')),
      (text) => {
        expect(solid(printXml(text))).toBe(solid(text))
        findOrigin(text, 'EventData.a')
      },
    ),
  )
})

test('a text may be long', () => {
  const text = JSON.stringify({ a: 'x'.repeat(10_000_000), b: 1 })
  expect(findOrigin(text, 'b')).toEqual({ from: text.length - 6, to: text.length - 1 })
  expect(printOriginal(text)).toContain('"b": 1')
})

test('hostile records take no time', () => {
  for (const piece of ['<', '<a', '<a "', '{', '"', '"a":', '{"a":['])
    expect(findOrigin(piece.repeat(20_000), 'EventData.a')).not.toBe(null)
  expect(printXml('<a "'.repeat(20_000)).length).toBeGreaterThan(0)
}, 5000)
