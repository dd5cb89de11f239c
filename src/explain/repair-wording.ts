import type { Remedy } from './repair'

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
    case 'rewrite':
      return clip(remedy.text)
  }
}
