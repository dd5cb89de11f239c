import type { JsonObject, JsonValue } from '../lossless-json'
import { parseXml } from '../windows/parse-xml'
import {
  attributeOf,
  childOf,
  isElement,
  textOf,
  type XmlElement,
} from '../windows/xml-tree'
import type { EventWriter } from './event-writer'

const FIELD = 'winlog.scheduled_task'

/**
 * Writes what the definition of a task says, as the integration `system` does: who runs
 * what, and when. What is no definition gives nothing.
 * https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
 */
export function putScheduledTask(out: EventWriter, xml: string, from: string): void {
  const task = parseXml(xml)
  if (task?.name !== 'Task') return
  const put = (name: string, value: JsonValue | undefined): void => {
    if (value !== undefined) out.put(`${FIELD}.${name}`, value, from)
  }
  put('uri', textIn(childOf(task, 'RegistrationInfo'), 'URI'))
  put('principals', listOf(childOf(task, 'Principals'), readPrincipal))
  const settings = childOf(task, 'Settings')
  put('settings.enabled', truthIn(settings, 'Enabled'))
  put('settings.hidden', truthIn(settings, 'Hidden'))
  put('triggers', listOf(childOf(task, 'Triggers'), readTrigger))
  put('actions', listOf(childOf(task, 'Actions'), readAction))
}

type Read = (element: XmlElement, parent: XmlElement) => JsonObject | undefined

/** Those of the elements that can be read; undefined where there are none. */
function listOf(parent: XmlElement | undefined, read: Read): JsonValue | undefined {
  const found = (parent?.children ?? []).flatMap((child) => {
    const one = parent && isElement(child) ? read(child, parent) : undefined
    return one && Object.keys(one).length > 0 ? [one] : []
  })
  return found.length > 0 ? found : undefined
}

function readPrincipal(principal: XmlElement): JsonObject | undefined {
  if (principal.name !== 'Principal') return undefined
  return known({
    id: attributeOf(principal, 'id'),
    'user.identifier': textIn(principal, 'UserId'),
    'group.identifier': textIn(principal, 'GroupId'),
    'logon.type': textIn(principal, 'LogonType'),
    run_level: textIn(principal, 'RunLevel'),
  })
}

/** By the names of their elements. */
const TRIGGERS: ReadonlyMap<string, string> = new Map([
  ['BootTrigger', 'boot'],
  ['CalendarTrigger', 'calendar'],
  ['EventTrigger', 'event'],
  ['IdleTrigger', 'idle'],
  ['LogonTrigger', 'logon'],
  ['RegistrationTrigger', 'registration'],
  ['SessionStateChangeTrigger', 'session_state_change'],
  ['TimeTrigger', 'time'],
  ['WnfStateChangeTrigger', 'wnf_state_change'],
])

function readTrigger(trigger: XmlElement): JsonObject | undefined {
  const type = TRIGGERS.get(trigger.name)
  if (type === undefined) return undefined
  const repetition = childOf(trigger, 'Repetition')
  // A trigger that says nothing of it is enabled.
  const enabled = childOf(trigger, 'Enabled') ? truthIn(trigger, 'Enabled') : true
  return known({
    type,
    enabled,
    'repetition.interval': textIn(repetition, 'Interval'),
    'repetition.duration': textIn(repetition, 'Duration'),
    'repetition.stop_at_duration_end': truthIn(repetition, 'StopAtDurationEnd'),
  })
}

function readAction(action: XmlElement, actions: XmlElement): JsonObject | undefined {
  const context = attributeOf(actions, 'Context')
  if (action.name === 'Exec')
    return known({
      type: 'exec',
      context,
      command: textIn(action, 'Command'),
      arguments: textIn(action, 'Arguments'),
      working_directory: textIn(action, 'WorkingDirectory'),
    })
  if (action.name !== 'ComHandler') return undefined
  return known({ type: 'com_handler', context, class_id: textIn(action, 'ClassId') })
}

const known = (members: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, JsonValue] => entry[1] !== undefined,
    ),
  )

function textIn(parent: XmlElement | undefined, name: string): string | undefined {
  const child = parent && childOf(parent, name)
  const text = child && textOf(child)
  return text === '' ? undefined : text
}

function truthIn(parent: XmlElement | undefined, name: string): boolean | undefined {
  return TRUTHS.get(textIn(parent, name)?.toLowerCase())
}

const TRUTHS: ReadonlyMap<string | undefined, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])
