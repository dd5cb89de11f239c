/**
 * Whether the index patterns of a rule cover an index (rules.md 1.7): `*` stands for any
 * characters, a pattern behind a minus takes out what those before it have taken in, and
 * the name of a remote cluster before a colon says nothing of the index.
 */
export function makeIndexTest(patterns: readonly string[]): (index: string) => boolean {
  const tests = patterns.filter((pattern) => pattern.trim() !== '').map(readPattern)
  return (index) => {
    const names = namesOfIndex(index)
    return tests.reduce((isIn, { takesOut, covers }) => {
      if (isIn !== takesOut) return isIn
      return names.some((name) => covers.test(name)) ? !takesOut : isIn
    }, false)
  }
}

interface Pattern {
  readonly takesOut: boolean
  readonly covers: RegExp
}

function readPattern(written: string): Pattern {
  const takesOut = /^(?:[^:]*:)?-/.test(written.trim())
  const name = withoutCluster(written.trim()).replace(/^-/, '')
  const source = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return { takesOut, covers: new RegExp(`^${source}$`, 's') }
}

const withoutCluster = (name: string): string => name.slice(name.indexOf(':') + 1)

const BACKING = /^(?:partial-|restored-)?\.ds-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/
const INTERNAL = /^\.internal\.(.+)-\d{6,}$/

/** All names by which a pattern may find an index: its own, and that of what it backs. */
function namesOfIndex(index: string): readonly string[] {
  const name = withoutCluster(index)
  const stream = BACKING.exec(name)?.[1]
  const alias = INTERNAL.exec(name)?.[1]
  return [
    name,
    ...(stream === undefined ? [] : [stream]),
    ...(alias === undefined ? [] : [`.${alias}`]),
  ]
}
