import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printXml } from '../../../src/ingest/evtx/print-xml'
import type { JsonObject, JsonValue } from '../../../src/ingest/lossless-json'
import { translate } from '../../../src/ingest/translate'
import { WindowsMapper } from '../../../src/ingest/windows-mapper'
import type { WindowsEvent } from '../../../src/ingest/windows/windows-event'

/** The cases of `records.txt`: a record in one line, and what it says in those below. */
const cases = readFileSync(new URL('records.txt', import.meta.url), 'utf8')
  .split(/\n\n+/)
  .map((block) =>
    block.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  )
  .filter((lines) => lines.length > 0)

test.each(cases)('%s', (text, ...said) => {
  expect(printTranslated(text)).toEqual(said)
})

function printTranslated(text: string): readonly string[] {
  const translated = translate(JSON.parse(text) as JsonObject, text)
  if (!translated) return ['ECS']
  if ('refused' in translated) return [`refused: ${translated.refused}`]
  return 'windows' in translated
    ? [translated.variant, ...printEvent(translated.windows)]
    : [translated.variant]
}

// Names that some shape knows, above any values.
const KEYS = cases.flatMap(([text = '']) => keysOf(JSON.parse(text)))

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}

test('whatever a record holds, it is translated without fail', () => {
  const key = fc.oneof(fc.constantFrom(...KEYS), fc.string(), fc.constant('__proto__'))
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.constantFrom(null, '<Event><System><EventID>1', '{"a":{}}', '<EventData/>'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }))
  const record = fc.dictionary(key, value, { maxKeys: 12 })
  const mapper = new WindowsMapper({})
  const sink = { put: () => undefined }
  fc.assert(
    fc.property(record, (found) => {
      const translated = translate(found)
      if (translated && 'windows' in translated) mapper.map(translated.windows, sink, 0)
    }),
    { numRuns: Number(process.env['FUZZ'] ?? 2000) },
  )
}, 3_600_000)

/** A part or a datum a line. */
function printEvent({ data, userData, clock, ...parts }: WindowsEvent) {
  const printed = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${printPart(value)}`],
  )
  return [
    ...printed,
    ...(clock === 'utc' ? [] : [`clock: ${clock}`]),
    ...data.map(({ name, value }) => `  ${name ?? '(unnamed)'} = ${escape(value)}`),
    ...(userData ? [`  ${printXml(userData)}`] : []),
  ]
}

const printPart = (value: unknown) =>
  typeof value === 'string' ? escape(value) : JSON.stringify(value)

const escape = (text: string) =>
  text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
