import type { Desk } from '../state/desk'
import { goToRegion, leaveBoard, nextRegion, REGIONS } from './regions'

export interface ShortcutActions {
  readonly openFiles: () => void
  readonly showKeys: () => void
  readonly share: () => void
}

/** What the keys do, as the help shows them. `mod` is Ctrl, on a Mac ⌘. */
export const SHORTCUTS = [
  { keys: ['mod', 'O'], does: 'Open files' },
  { keys: ['mod', 'S'], does: 'Share what is chosen: a link to it is copied' },
  { keys: ['mod', 'Enter'], does: 'Run the rule now' },
  { keys: ['F6'], does: 'Next region' },
  { keys: ['Shift', 'F6'], does: 'Previous region' },
  { keys: ['Alt', '1…7'], does: 'Rules, editor, result, dock, events, status, board' },
  { keys: ['mod', 'V'], does: 'Outside of fields: paste events, rules or a mapping' },
  {
    keys: ['Esc'],
    does: 'Close the board or the event, else stop what runs, else choose nothing',
  },
  { keys: ['?'], does: 'This list, outside of fields' },
] as const

export const RESULT_SHORTCUTS = [
  { keys: ['↓', '↑'], does: 'Next and previous card; also j and k' },
  { keys: ['m', 'n'], does: 'First match, first near miss' },
  { keys: ['Enter'], does: 'Show the event' },
  { keys: ['r'], does: 'Show in rule' },
  { keys: ['s'], does: 'Step through the events of its join key' },
  { keys: ['→', '←'], does: 'Near misses of one reason: show all, show one' },
  { keys: ['f'], does: 'Try the best edit that would make the near miss match' },
  { keys: ['t'], does: 'Truth tree of the step that broke, or is chosen' },
] as const

export const EVENT_SHORTCUTS = [
  { keys: ['w'], does: 'Why not this event? In the grid, on a card, in the result' },
  { keys: ['→', '←'], does: 'In the truth tree: open and close' },
  { keys: ['*'], does: 'In the truth tree: open all beside it' },
] as const

export const REPLAY_SHORTCUTS = [
  { keys: [',', '.'], does: 'Event before, next event' },
  { keys: ['Shift', ', .'], does: 'Previous and next change of state' },
  { keys: ['Home', 'End'], does: 'First and last event' },
  { keys: ['b'], does: 'To the next breakpoint' },
  { keys: ['Space'], does: 'Play, pause' },
] as const

export const TIMELINE_SHORTCUTS = [
  { keys: ['↓', '↑'], does: 'Next and previous lane' },
  { keys: ['→', '←'], does: 'Next and previous event in the lane, of any result' },
  { keys: ['w', 's'], does: 'Zoom in and out; also + and −, Ctrl and the wheel' },
  { keys: ['a', 'd'], does: 'Earlier and later; also dragging' },
  { keys: ['0', 'f'], does: 'Show all results, show the chosen one' },
  { keys: ['[', ']'], does: 'Begin and end at the chosen event' },
] as const

export const EDITOR_SHORTCUTS = [
  { keys: ['Ctrl', 'Space'], does: 'Complete' },
  { keys: ['F8'], does: 'Next problem' },
  { keys: ['mod', 'F'], does: 'Search in the query' },
  { keys: ['Alt', 'Enter'], does: 'Ask the clause at the caret of all events' },
  { keys: ['mod', 'Z'], does: 'Undo' },
  { keys: ['mod', '/'], does: 'Comment' },
  { keys: ['Shift', 'Alt', 'F'], does: 'Format the query' },
  { keys: ['Esc', 'Tab'], does: 'Leave the editor' },
  { keys: ['Ctrl', 'M'], does: 'Let Tab move the focus, or not' },
] as const

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Handles a key wherever the focus is; true when it was one of ours. */
export function handleShortcut(
  event: KeyboardEvent,
  desk: Desk,
  actions: ShortcutActions,
): boolean {
  const mod =
    (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
  if (mod && event.code === 'KeyO') actions.openFiles()
  else if (mod && event.code === 'KeyS') actions.share()
  else if (mod && event.key === 'Enter') runNow(desk)
  else if (event.key === 'F6' && !event.ctrlKey && !event.altKey)
    void goToRegion(desk.bench, nextRegion(event.shiftKey ? -1 : 1))
  else if (isAltDigit(event)) goToNumbered(desk, event)
  else if (event.key === 'Escape' && isFree(event.target)) return leave(desk)
  else if (event.key === '?' && !isTyping(event.target)) actions.showKeys()
  else return false
  return true
}

/** Whether a letter was pressed alone, outside of fields. */
export const isPlainKey = (event: KeyboardEvent, key: string): boolean =>
  event.key === key &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !isTyping(event.target)

/** Whether keys and pastes belong to a field. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'))

/** Fields, menus, dialogs and tooltips have an Escape of their own. */
const isFree = (target: EventTarget | null): boolean =>
  !isTyping(target) &&
  document.querySelector('[role="dialog"], [role="menu"], .floating, .tooltip') === null

/** Leaves one thing: the board, else the open event, else the runs that last, else what is chosen. */
function leave({ bench, loop }: Desk): boolean {
  if (bench.showsBoard) void leaveBoard(bench)
  else if (bench.showsEvent) bench.showsEvent = false
  else if (bench.isRunning) loop.stop()
  else if (bench.chosen ?? bench.step) bench.chosen = bench.step = undefined
  else return false
  return true
}

function runNow({ bench, loop }: Desk): void {
  if (bench.rule) loop.runNow(bench.rule)
}

const isAltDigit = (event: KeyboardEvent): boolean =>
  event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-7]$/.test(event.code)

function goToNumbered({ bench }: Desk, event: KeyboardEvent): void {
  const region = REGIONS[Number(event.code.slice(-1)) - 1]
  if (region) void goToRegion(bench, region.id)
}
