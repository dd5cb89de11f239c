import { expect, test } from 'vitest'
import { utf16 } from './value-bytes'
import { printLog } from './print-log'
import { drawEvtx, sealChunk } from './write-evtx'

/* Each of these says little, and would become endless or enormous if it were believed. */

const SOUND = '<Event>{text sound}</Event>'

/** What is read of a hostile event, cut short, and of a sound one that follows. */
const read = (event: string, spoil = (_: Uint8Array) => undefined as unknown) => {
  const log = drawEvtx(`${event}\n${SOUND}`)
  spoil(log)
  sealChunk(log, 4096)
  return printLog(log).map((line) => line.replace(/ at .*/, '').slice(0, 40))
}

const GOOD = '<Event>sound</Event>'

/**
 * Puts an instance of the template that begins an event in place of each text `loops`,
 * which takes just as many bytes:
 *
 *     05 01 05 00 l o o p s     ->     0C 01 id:4 at:4 count:4
 */
function loop(log: Uint8Array): void {
  const view = new DataView(log.buffer)
  const template = 512 + 24 + 14
  const text = utf16('loops')
  for (let at = 4096; at < 8192; at++)
    if (text.every((byte, i) => log[at + i] === byte)) {
      view.setUint16(at - 4, 0x010c, true)
      view.setUint32(at + 2, template, true)
      view.setUint32(at + 6, 0, true)
    }
}

test('a template that holds itself', () => {
  expect(read('<Event><A>loops</A></Event>', loop)).toEqual(['1: too-deep', GOOD])
})

test('a template that holds itself twice', () => {
  const event = '<Event><A>loops</A><A>loops</A></Event>'
  expect(read(event, loop)[0]).toMatch(/too-/)
  expect(read(event, loop).at(-1)).toBe(GOOD)
})

test('elements within elements', () => {
  const nested = (depth: number) => '<A>'.repeat(depth) + '</A>'.repeat(depth)
  expect(read(nested(50))).toHaveLength(2)
  expect(read(nested(200))).toEqual(['1: too-deep', GOOD])
})

test('events within events', () => {
  const nested = (depth: number): string =>
    depth === 0 ? '<A/>' : `<A>{xml ${nested(depth - 1)}}</A>`
  expect(read(nested(10))).toHaveLength(2)
  expect(read(nested(100))).toEqual(['1: too-deep', GOOD])
})

test('events within events, each many times', () => {
  const nested = (depth: number): string =>
    depth === 0 ? '<A/>' : `<A>{xml ${nested(depth - 1)}}${'{=0}'.repeat(50)}</A>`
  expect(read(nested(6))).toEqual(['1: too-much', GOOD])
})

test('a long value, many times', () => {
  const event = `<Event>{text ${'x'.repeat(9000)}}${'{=0}'.repeat(5000)}</Event>`
  expect(read(event)).toEqual(['1: too-much', GOOD])
})

test('a long value in an attribute, many times', () => {
  const event = `<Event X='{binary ${'00'.repeat(9000)}}${'{=0}'.repeat(5000)}'/>`
  expect(read(event)).toEqual(['1: too-much', GOOD])
})

test('an array that repeats a large element', () => {
  const many = Array.from({ length: 9000 }, () => '01').join('')
  const event = `<Event><A>{uint8[] ${many}}<B>${'x'.repeat(2000)}</B></A></Event>`
  expect(read(event)).toEqual(['1: too-much', GOOD])
})

test('arrays within one another', () => {
  const many = Array.from({ length: 9000 }, () => '01').join('')
  const event = `<Event><A X='{uint8[] ${many}}'>${'{=0}'.repeat(2000)}</A></Event>`
  expect(read(event)).toEqual(['1: too-much', GOOD])
})

test('one costly event after another', () => {
  const event = `<Event>{text ${'x'.repeat(6000)}}${'{=0}'.repeat(150)}</Event>`
  const read = printLog(drawEvtx(Array.from({ length: 5 }, () => event).join('\n')))
  const length = '<Event></Event>'.length + 151 * 6000
  expect(read.slice(0, 4).map((line) => line.length)).toEqual(Array(4).fill(length))
  expect(read[4]).toMatch(/too-much/)
})
