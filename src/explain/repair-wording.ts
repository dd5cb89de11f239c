import type { Fault } from './finding'
import type { KeyVariety, Remedy } from './repair'

const LONGEST = 60

const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line
}

/** What a repair is called, to be read after "Try": `maxspan=6m`. */
export const sayRepair = (remedy: Remedy): string => {
  switch (remedy.kind) {
    case 'maxspan':
      return `maxspan=${remedy.text}`
    case 'runs':
      return `runs=${remedy.runs} at step ${remedy.step}`
    case 'drop-key':
      return `without the key ${remedy.field}`
    case 'swap-key':
      return `${remedy.by} as key, not ${remedy.field}`
    case 'add-key':
      return `${remedy.field} as a further key`
    case 'swap-steps':
      return `step ${remedy.second} before step ${remedy.first}`
    case 'drop-until':
      return 'without until'
    case 'drop-missing':
      return `without missing step ${remedy.step}`
    case 'narrow':
      return `and ${clip(remedy.clause)}`
    case 'category':
      return `${clip(remedy.text)} as category of step ${remedy.step}`
    case 'drop-clause':
      return `without ${clip(remedy.clause)}`
    case 'add-value':
      return `also ${clip(remedy.value)}`
    case 'rewrite':
      return clip(remedy.text)
  }
}

/** What speaks against joining by these keys; undefined where nothing does. */
export const sayVariety = ({
  count,
  torn,
  field,
  isLoose,
}: KeyVariety): string | undefined => {
  if (field !== undefined)
    return `${grouped(torn)} of ${grouped(count)} ${count === 1 ? 'key' : 'keys'} ${torn === 1 ? 'comes' : 'come'} with several values of ${field}.`
  if (!isLoose) return undefined
  return `These events have only ${count === 1 ? 'one such key' : `${grouped(count)} such keys`}.`
}

const grouped = (count: number): string => count.toLocaleString('en')

/** Why there is no repair, of so many edits that were tried. */
export const sayNoRepair = (fault: Fault, tried: number): string => {
  if (tried > 0)
    return `None of the edits that were tried (${grouped(tried)}) makes it match: more than this stands in its way.`
  if (fault.cause === 'replaced')
    return 'No edit keeps both starts: of one join key only the newest waits, and these events have no other field in common that would tell their start from the newer one.'
  return 'There is no small edit of the rule to try.'
}
