/** Some events, each with some of its fields. */
export interface WitnessParts {
  readonly rows: readonly number[]
  readonly fields: readonly string[]
}

export interface WitnessSearch {
  /** Events of the match or near miss itself. They are never given up. */
  readonly chosen: readonly number[]
  /** Others in groups, the likeliest to be needed first: those of the key, those between. */
  readonly context: readonly (readonly number[])[]
  /** Fields that the rule names, and those every event needs. */
  readonly fields: readonly string[]
  /** Those it has besides. */
  readonly otherFields: readonly string[]
  /** Whether these parts alone give the same verdict, asked of an engine of their own. */
  readonly holds: (parts: WitnessParts) => Promise<boolean>
}

/**
 * The smallest set of events and fields that keeps a verdict: none of them can be taken
 * out alone (experience.md 2, 12). Undefined when even all that was offered does not
 * keep it.
 */
export async function findWitness(
  search: WitnessSearch,
): Promise<WitnessParts | undefined> {
  const enough = await findEnough(search)
  if (!enough) return undefined
  const { chosen, holds } = search
  const others = enough.rows.filter((row) => !chosen.includes(row))
  const rowsWith = (some: readonly number[]) => inOrder([...chosen, ...some])
  const kept = await shrink(others, (some) =>
    holds({ rows: rowsWith(some), fields: enough.fields }),
  )
  const rows = rowsWith(kept)
  const fields = await shrink(enough.fields, (some) => holds({ rows, fields: some }))
  return { rows, fields }
}

/** Adds groups of events, then all fields, until the verdict stands. */
async function findEnough(search: WitnessSearch): Promise<WitnessParts | undefined> {
  const { chosen, context, fields, otherFields, holds } = search
  for (const offered of [fields, [...fields, ...otherFields]]) {
    let rows = inOrder(chosen)
    if (await holds({ rows, fields: offered })) return { rows, fields: offered }
    for (const group of context) {
      rows = inOrder([...rows, ...group])
      if (await holds({ rows, fields: offered })) return { rows, fields: offered }
    }
  }
  return undefined
}

/**
 * Takes out what is not needed, halves first and single parts at last, as delta
 * debugging does (Zeller and Hildebrandt, 2002): few questions where little is needed.
 */
async function shrink<Part>(
  parts: readonly Part[],
  holds: (some: readonly Part[]) => Promise<boolean>,
): Promise<readonly Part[]> {
  let kept = parts
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = next(size)) {
    let isSmaller = false
    for (let at = 0; at < kept.length;) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (await holds(without)) {
        kept = without
        isSmaller = true
      } else at += size
    }
    // What could not be taken out before may be of no use now.
    if (size === 1 && isSmaller) size = 2
  }
  return kept
}

const next = (size: number): number => (size === 1 ? 0 : Math.ceil(size / 2))

const inOrder = (rows: readonly number[]): readonly number[] =>
  [...new Set(rows)].sort((a, b) => a - b)
