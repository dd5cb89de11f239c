import type { JsonValue } from '../../../src/ingest/lossless-json'
import type { EcsOptions } from '../../../src/ingest/ecs/ecs-sink'
import { mapWindowsEvent } from '../../../src/ingest/ecs/map-windows'
import { draftEvent, type WindowsEvent } from '../../../src/ingest/windows/windows-event'
import { parseXml } from '../../../src/ingest/windows/parse-xml'

/** An event as a case file draws it, and what it is to become. */
export interface DrawnCase {
  readonly title: string
  readonly drawing: string
  readonly expected: string
}

/**
 * Reads cases, with empty lines between them:
 *
 *     # a title
 *     Security 4624
 *     @computer ws-041.corp.example
 *     TargetUserName: ann
 *     ==>
 *     user.name: "ann"
 */
export const readCases = (text: string): DrawnCase[] =>
  text
    .split(/\n{2,}/)
    .filter((block) => block.includes('\n==>'))
    .map((block) => {
      const [drawing = '', expected = ''] = block.trim().split(/\n==>\n?/)
      const lines = drawing.split('\n')
      const isTitle = (line: string): boolean => line.startsWith('# ')
      return {
        title: lines.filter(isTitle).join(' ').slice(2),
        drawing: lines.filter((line) => !isTitle(line)).join('\n'),
        expected,
      }
    })

export const printCase = ({ title, drawing }: DrawnCase, expected: string): string =>
  `# ${title}\n${drawing}\n==>\n${expected}`

interface Drawn {
  readonly event: WindowsEvent
  readonly options: EcsOptions
  /** Fields that all events have are shown as well. */
  readonly isWhole: boolean
}

/** Reads a drawing: the log and the number, parts with `@`, and data. `⏎` and `⇥` are blanks. */
function readDrawn(drawing: string): Drawn {
  const [head = '', ...lines] = drawing.split('\n')
  const event = draftEvent()
  event.channel = head.slice(0, head.lastIndexOf(' '))
  event.eventId = head.slice(head.lastIndexOf(' ') + 1)
  event.computer = 'ws-041.corp.example'
  const settings = new Map<string, string>()
  for (const line of lines) {
    const [, part, value = ''] = /^@(\S+) ?(.*)$/.exec(line) ?? []
    if (part !== undefined) settings.set(part, value)
    else {
      const at = line.indexOf(':')
      const name = line.slice(0, at).trim()
      const text = line.slice(at + 1).trim()
      const shown = text.replaceAll('⏎', '\n').replaceAll('⇥', '\t')
      event.data.push({ name: name === '' ? undefined : name, value: shown })
    }
  }
  for (const [part, value] of settings) {
    if (part === 'ecs') event.ecs = JSON.parse(value) as Record<string, JsonValue>
    else if (part === 'keywordNames') event.keywordNames = value.split(', ')
    else if (part === 'userData') event.userData = readXml(value)
    else if (!OPTIONS.has(part)) Object.assign(event, { [part]: value })
  }
  const options: EcsOptions = {
    mode: settings.has('extended') ? 'extended' : 'faithful',
    time: settings.has('as-logged') ? 'as-logged' : 'as-elastic',
    ...(settings.has('correction') && {
      correctionMs: Number(settings.get('correction')),
    }),
  }
  return { event, options, isWhole: settings.has('whole') }
}

const OPTIONS = new Set(['extended', 'as-logged', 'correction', 'whole'])

function readXml(text: string) {
  const root = parseXml(text)
  if (!root) throw new Error(`This is no UserData: ${text}`)
  return root
}

/** An event as ECS: field by field, in the order they were given. */
export function mapDrawn({ event, options }: Pick<Drawn, 'event' | 'options'>) {
  const fields = new Map<string, { readonly value: JsonValue; readonly from: string }>()
  mapWindowsEvent(
    event,
    {
      put(field, value, from) {
        if (!fields.has(field)) fields.set(field, { value, from })
      },
    },
    options,
  )
  return fields
}

/** What every event has; shown where a case asks for it. */
const BASE =
  /^(data_stream\.dataset|event\.(code|dataset|kind|module|provider)|host\..*|winlog\.(channel|computer_name|event_id|provider_name))$/

/** The fields of an event, a line each, by name. */
export function printDrawn(drawing: string): string {
  const drawn = readDrawn(drawing)
  return [...mapDrawn(drawn)]
    .filter(([field]) => drawn.isWhole || !BASE.test(field))
    .map(([field, { value }]) => `${field}: ${JSON.stringify(value)}`)
    .sort()
    .join('\n')
}
