import { describe, expect, test } from 'vitest'
import { fieldsOf, readBlob } from '../print-events'
import { readIncident } from './incident'
import {
  printDumpLines,
  printEvtx,
  printFlatLines,
  printXmlLines,
} from './print-incident'
import { readFileSync } from 'node:fs'

const read = (name: string) => readFileSync(new URL(name, import.meta.url))
const events = readIncident(read('incident.txt').toString())

/** What is in the table of a file of the incident. */
async function readFields(content: BlobPart) {
  const { table, report } = await readBlob(content)
  expect(report).toMatchObject({ events: events.length, badCount: 0 })
  return Array.from({ length: table.rowCount }, (_, row) =>
    withInstants(fieldsOf(table, row)),
  )
}

/** Shapes differ in how many digits of a second they have. */
const withInstants = (fields: ReturnType<typeof fieldsOf>) => ({
  ...fields,
  ...Object.fromEntries(
    ['@timestamp', 'event.created'].flatMap((name) =>
      name in fields ? [[name, Date.parse(String(fields[name]))]] : [],
    ),
  ),
})

/** The same events as ECS, written by hand from events-ecs.md. */
const ecs = read('incident.ecs.ndjson')

/** What scripts around Get-WinEvent leave out; with it goes `user.id` if it is the logger's. */
const NOT_IN_FLAT = [
  'winlog.opcode',
  'winlog.process.pid',
  'winlog.process.thread.id',
  'winlog.record_id',
  'winlog.user.identifier',
  'winlog.version',
]

describe('one incident is the same events, whatever file it comes in:', () => {
  test.each([
    ['XML', printXmlLines(events)],
    ['EVTX', printEvtx(events)],
    ['evtx_dump JSON', printDumpLines(events)],
  ])('%s', async (_, content) => {
    expect(await readFields(content as BlobPart)).toEqual(await readFields(ecs))
  })

  test('flat JSON, but for what it leaves out', async () => {
    const wanted = await readFields(ecs)
    expect(await readFields(printFlatLines(events))).toEqual(wanted.map(leaveOut))
  })
})

/** The fields that flat JSON can tell. */
function leaveOut(fields: ReturnType<typeof fieldsOf>) {
  const isLogger = fields['user.id'] === fields['winlog.user.identifier']
  const missing = isLogger ? [...NOT_IN_FLAT, 'user.id'] : NOT_IN_FLAT
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !missing.includes(name)),
  )
}
