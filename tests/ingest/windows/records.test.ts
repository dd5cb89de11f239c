import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { printXml } from '../../../src/ingest/evtx/print-xml'
import type { JsonObject } from '../../../src/ingest/lossless-json'
import { translate } from '../../../src/ingest/translate'
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
