import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scalar } from '../../src/events/column'
import { parseWithFormat } from '../../src/events/date-format'
import {
  printTime,
  printTimeWith,
  readIsoTime,
  readTime,
  TimeReader,
} from '../../src/events/time'

const print = (value: Scalar) => {
  const time = readTime(value)
  return time && printTime(time.ms, time.nanos)
}

describe('spellings of a timestamp', () => {
  test.each<[Scalar, string]>([
    ['2024-05-06T07:08:09.123Z', '2024-05-06T07:08:09.123Z'],
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.000Z'],
    ['2024-05-06T07:08:09.1Z', '2024-05-06T07:08:09.100Z'],
    ['2024-05-06T07:08:09.123456789Z', '2024-05-06T07:08:09.123456789Z'],
    ['2024-05-06T07:08:09.1234500Z', '2024-05-06T07:08:09.12345Z'],
    ['2024-05-06T07:08:09,5Z', '2024-05-06T07:08:09.500Z'],
    ['2024-05-06T07:08:09.123', '2024-05-06T07:08:09.123Z'],
    ['2024-05-06 07:08:09', '2024-05-06T07:08:09.000Z'],
    ['2024-05-06t07:08:09z', '2024-05-06T07:08:09.000Z'],
    ['2024-05-06T07:08', '2024-05-06T07:08:00.000Z'],
    ['2024-05-06T07', '2024-05-06T07:00:00.000Z'],
    ['2024-05-06', '2024-05-06T00:00:00.000Z'],
    ['2024-05', '2024-05-01T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09.000Z'],
    ['2024-05-06T07:08:09.5-0330', '2024-05-06T10:38:09.500Z'],
    ['2024-05-06T23:08:09-05', '2024-05-07T04:08:09.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    [1516116808349, '2018-01-16T15:33:28.349Z'],
    [1516116808349.5, '2018-01-16T15:33:28.3495Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    ['1516116808349', '2018-01-16T15:33:28.349Z'],
    ['1516116808349.123456', '2018-01-16T15:33:28.349123456Z'],
    ['-1.25', '1969-12-31T23:59:59.99875Z'],
  ])('%s', (value, wanted) => {
    expect(print(value)).toBe(wanted)
  })
})

test.each<[Scalar]>([
  [''],
  ['yesterday'],
  ['2024-13-01'],
  ['2024-02-30T00:00:00Z'],
  ['2023-02-29'],
  ['2024-05-06T24:00:00Z'],
  ['2024-05-06T07:60:00Z'],
  ['2024-05-06T07:08:60Z'],
  ['2024-05-06T07:08:09.Z'],
  ['2024-05-06T07:08:09.1234567890Z'],
  ['2024-05-06T07:08:09+1'],
  ['2024-05-06T07:08:09Z '],
  ['2024-5-6'],
  ['2024-05T10'],
  ['06/05/2024'],
  ['+12024-05-06T00:00:00Z'],
  [1e300],
  [253402300800000],
  [-377705116800001],
  [NaN],
  ['1e5'],
  [true],
  [null],
  [9223372036854775807n],
])('%s is no timestamp', (value) => {
  expect(readTime(value)).toBeUndefined()
})

test.each([
  ['2024', 'year'],
  ['2024-05', 'month'],
  ['2024-05-06', 'day'],
  ['2024-05-06T07', 'hour'],
  ['2024-05-06T07:08', 'minute'],
  ['2024-05-06T07:08:09Z', 'second'],
  ['2024-05-06T07:08:09.1', 'fraction'],
])('%s is given to the %s', (text, precision) => {
  expect(readIsoTime(text)?.precision).toBe(precision)
})

describe('laws', () => {
  const moment = fc.date({
    min: new Date('0000-01-01'),
    max: new Date('9999-12-31'),
    noInvalidDate: true,
  })

  test('the platform reads the same', () => {
    fc.assert(
      fc.property(moment, (date) => {
        expect(readTime(date.toISOString())).toMatchObject({
          ms: date.getTime(),
          nanos: 0,
        })
      }),
    )
  })

  test('a canonical text comes back from its time and number of digits', () => {
    const digits = fc.stringMatching(/^\d{1,9}$/)
    fc.assert(
      fc.property(moment, fc.option(digits, { nil: '' }), (date, fraction) => {
        const text = `${date.toISOString().slice(0, 19)}${fraction && `.${fraction}`}Z`
        const reader = new TimeReader()
        expect(reader.read(text) && reader.isCanonical).toBe(true)
        const { fractionDigits, ms, nanos } = reader
        expect(printTimeWith(fractionDigits, ms, nanos)).toBe(text)
      }),
    )
  })
})

describe('formats of mappings', () => {
  test.each<[Scalar, string, string | undefined]>([
    [
      '2024-05-06T07:08:09Z',
      'strict_date_optional_time||epoch_millis',
      '2024-05-06T07:08:09.000Z',
    ],
    [
      '1516116808349',
      'strict_date_optional_time||epoch_millis',
      '2018-01-16T15:33:28.349Z',
    ],
    [1516116808349, 'epoch_millis', '2018-01-16T15:33:28.349Z'],
    [1516116808, 'epoch_second', '2018-01-16T15:33:28.000Z'],
    ['1516116808.5', 'epoch_second', '2018-01-16T15:33:28.500Z'],
    ['1516116808349', 'strict_date_optional_time', undefined],
    ['2024/05/06', 'yyyy/MM/dd', '2024-05-06T00:00:00.000Z'],
    ['06.05.2024 07:08', 'dd.MM.yyyy HH:mm', '2024-05-06T07:08:00.000Z'],
    ['6.5.2024', 'd.M.uuuu', '2024-05-06T00:00:00.000Z'],
    ['06/May/2024:07:08:09 -0200', 'dd/MMM/yyyy:HH:mm:ss Z', '2024-05-06T09:08:09.000Z'],
    ['05/06/24 07:08:09 PM', 'MM/dd/yy hh:mm:ss a', '2024-05-06T19:08:09.000Z'],
    [
      '2024-05-06T07:08:09.123456',
      "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
      '2024-05-06T07:08:09.123456Z',
    ],
    ['20240506T070809.123Z', 'basic_date_time', '2024-05-06T07:08:09.123Z'],
    ['20240506', 'basic_date', '2024-05-06T00:00:00.000Z'],
    ['2024/05/06', 'yyyy-MM-dd||yyyy/MM/dd', '2024-05-06T00:00:00.000Z'],
    ['2024/02/31', 'yyyy/MM/dd', undefined],
    ['2024-05-06', 'yyyy/MM/dd', undefined],
    [true, 'epoch_millis', undefined],
  ])('%s by %s', (value, format, wanted) => {
    const time = parseWithFormat(value, format)
    expect(time && printTime(time.ms, time.nanos)).toBe(wanted)
  })
})
