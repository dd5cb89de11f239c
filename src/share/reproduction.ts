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
  leaveOut: v.exactOptional(v.array(count)),
  upTo: v.exactOptional(count),
})

const keep = v.object({
  fields: v.exactOptional(v.array(v.string())),
  keys: v.exactOptional(v.object({ field: v.string(), share: v.number() })),
  time: v.exactOptional(v.object({ from: v.number(), to: v.number() })),
})

/** A rule as it was at one time, in epoch ms; whole, as TOML or the file it came as. */
const version = v.object({
  time: v.number(),
  text: v.string(),
  format: v.exactOptional(
    v.picklist(['toml', 'json', 'ndjson', 'eql', 'endpoint', 'page']),
  ),
  byHand: v.exactOptional(v.boolean()),
  name: v.exactOptional(v.string()),
})

const rule = v.object({
  name: v.string(),
  /** The text of a rule file, of any format that rules are opened from. */
  text: v.string(),
  /** Its exception lists as TOML, where the text has no room for them. */
  exceptions: v.exactOptional(v.string()),
  /** Exceptions and filters that are switched off, by their ids. */
  filtersOff: v.exactOptional(v.array(v.string())),
  /** Only events in its indices are looked at. */
  onlyIndices: v.exactOptional(v.boolean()),
  /** Its tests, and the events beside them as NDJSON. */
  tests: v.exactOptional(
    v.object({
      text: v.string(),
      events: v.exactOptional(v.string()),
      /** By the names that the tests call them, where those are several. */
      files: v.exactOptional(v.array(v.object({ name: v.string(), text: v.string() }))),
    }),
  ),
  /** Versions that were kept, the oldest first. */
  versions: v.exactOptional(v.array(version)),
  /** A source that cannot be read, as it was typed, and the query as it was before. */
  draft: v.exactOptional(v.object({ text: v.string(), query: v.string() })),
})

const source = v.object({
  name: v.string(),
  /** Events as NDJSON. */
  text: v.string(),
  /** It is there, but switched off. */
  isOff: v.exactOptional(v.literal(true)),
  /** How the file is to be read: the original one, where it comes along. */
  readAs: v.exactOptional(readAs),
  /** What alone is read of it. */
  keep: v.exactOptional(keep),
  /** The place of the file as it was opened among the originals of a bundle. */
  original: v.exactOptional(count),
})

const form = v.object({
  /** Version of the Maxspan that made it. */
  engine: v.string(),
  title: v.optional(v.string()),
  note: v.optional(v.string()),
  rules: v.array(rule),
  sources: v.array(source),
  /** The index mapping that alone decides; without it, the union of all there is. */
  mapping: v.optional(v.object({ name: v.string(), text: v.string() })),
  /** How events of Windows become ECS; absent: as Elastic's own integrations map them. */
  mapMode: v.exactOptional(v.literal('extended')),
  /** What is to be looked at first: 0-based places in `rules` and in its results. */
  view: v.optional(
    v.object({
      rule: count,
      kind: v.optional(v.picklist(['match', 'near miss'])),
      place: v.optional(count),
      /** A step of that result, 1-based. */
      step: v.exactOptional(v.pipe(count, v.minValue(1))),
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
