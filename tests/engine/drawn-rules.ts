import { checkArrowLines } from '../support/arrow-lines'
import { drawTable, type DrawnTable } from '../support/text-table'

/** What `@name value` lines before a drawing say of the runs over it. */
export interface Told {
  readonly tiebreaker?: string
  readonly samples?: string
}

/**
 * Checks a file of drawings, each followed by rules over them, `rule ==> answer`.
 * A comment after the rules ends a drawing and what was told for it.
 */
export function checkDrawnRules(
  path: string,
  answer: (drawn: DrawnTable, rule: string, told: Told) => string,
): void {
  let drawing: string[] = []
  let drawn: DrawnTable | undefined
  let told: Told = {}
  const hear = (line: string): void => {
    const [, name, value] = /^@(\w+) (\S+)$/.exec(line) ?? []
    if (name !== undefined) told = { ...told, [name]: value }
    else if (line.startsWith('#') && drawn) {
      drawing = []
      drawn = undefined
      told = {}
    } else drawing.push(line)
  }
  checkArrowLines(
    path,
    (rule) => answer((drawn ??= drawTable(drawing.join('\n'))), rule, told),
    hear,
  )
}
