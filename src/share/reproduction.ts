import * as v from 'valibot'
import { type LinkProblem, problems } from './link-problem'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const readAs = v.object({
  format: v.exactOptional(v.string()),
  mode: v.exactOptional(v.picklist(['faithful', 'extended'])),
  time: v.exactOptional(v.picklist(['as-elastic', 'as-logged'])),
  correctClock: v.exactOptional(v.boolean()),
  offsetMs: v.exactOptional(v.number()),
  timeZone: v.exactOptional(v.string()),
})

const form = v.object({
  /** Version of the Maxspan that made it. */
  engine: v.string(),
  title: v.optional(v.string()),
  note: v.optional(v.string()),
  /** Texts of rule files, of any format that rules are opened from. */
  rules: v.array(v.object({ name: v.string(), text: v.string() })),
  /** Events as NDJSON. */
  sources: v.array(
    v.object({ name: v.string(), text: v.string(), readAs: v.exactOptional(readAs) }),
  ),
  /** The index mapping that alone decides; without it, the union of all there is. */
  mapping: v.optional(v.object({ name: v.string(), text: v.string() })),
  /** What is to be looked at first: 0-based places in `rules` and in its results. */
  view: v.optional(
    v.object({
      rule: count,
      kind: v.optional(v.picklist(['match', 'near miss'])),
      place: v.optional(count),
    }),
  ),
  /** What it gave where it was made, one for each of `rules`. */
  opensTo: v.array(v.object({ matches: count, nearMisses: count })),
})

/**
 * Rules and events that show something, complete in itself (experience.md 4.1). It
 * travels within a link or as a bundle, and may come from anybody.
 */
export type Reproduction = v.InferOutput<typeof form>

export type ReproductionRead =
  | { readonly ok: true; readonly reproduction: Reproduction }
  | { readonly ok: false; readonly problem: LinkProblem }

/** As text that `readReproduction` takes. */
export const printReproduction = (reproduction: Reproduction): string =>
  JSON.stringify(v.parse(form, reproduction))

/** Believes nothing: what is not of the form is named by its place. Unknown keys are let go. */
export const readReproduction = (text: string): ReproductionRead =>
  checkReproduction(readJson(text))

/** As `readReproduction`, of a value. */
export function checkReproduction(value: unknown): ReproductionRead {
  const result = v.safeParse(form, value, { abortEarly: true })
  if (result.success) return { ok: true, reproduction: result.output }
  const [issue] = result.issues
  return {
    ok: false,
    problem: problems.content(v.getDotPath(issue) ?? 'its outermost value'),
  }
}

/** Undefined for what is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
