/** Sentences on whether the loaded events have what a rule asks of them. */

/** Why a step can never match, or join, on the loaded events. */
export type FitFinding =
  | {
      readonly code: 'no-category'
      readonly category: string
      /** Active events, and the categories they have, the most frequent first. */
      readonly events: number
      readonly present: readonly string[]
    }
  | {
      readonly code: 'unknown-field'
      readonly name: string
      /** What says which fields there are. */
      readonly model: 'union' | 'mapping'
    }
  | {
      readonly code: 'no-key'
      readonly name: string
      /** Undefined for `any`. */
      readonly category: string | undefined
      readonly events: number
      /** Events of whatever category that have it. */
      readonly anywhere: number
    }
  | {
      readonly code: 'no-time'
      readonly name: string
      readonly category: string | undefined
      readonly events: number
    }
  | {
      readonly code: 'no-field'
      readonly fields: readonly string[]
      readonly category: string | undefined
      readonly events: number
    }

/** Where it was found. */
export interface FitPlace {
  readonly step: number
  readonly role: 'step' | 'missing' | 'until'
  /** There is no other: nobody calls it a step. */
  readonly isOnly: boolean
}

const grouped = (count: number): string => count.toLocaleString('en')

const allOf = (category: string | undefined, events: number): string => {
  const kind = category === undefined ? '' : `${category} `
  return events === 1 ? `the only ${kind}event` : `all ${grouped(events)} ${kind}events`
}

const listed = (names: readonly string[]): string =>
  names.map((name) => `\`${name}\``).join(', ')

/** What follows if no event can be what the step asks for. */
const outcome = ({ step, role, isOnly }: FitPlace, verb: 'match' | 'join'): string => {
  if (isOnly) return `The query can never ${verb}`
  if (role === 'until') return 'Until can never end a sequence'
  if (role === 'missing') return `Missing step ${step} is always missing`
  return `Step ${step} can never ${verb}`
}

/** One whole sentence, with what is there instead where that helps. */
export function sayFinding(finding: FitFinding, place: FitPlace): string {
  switch (finding.code) {
    case 'no-category': {
      const { category, events, present } = finding
      const instead =
        present.length > 0
          ? `the ${grouped(events)} that are loaded have ${present.join(', ')}`
          : `the ${grouped(events)} that are loaded have no category at all`
      return `${outcome(place, 'match')}: no event of category ${category} is loaded; ${instead}.`
    }
    case 'unknown-field': {
      const { name, model } = finding
      const nowhere =
        model === 'mapping'
          ? 'is not in the index mapping'
          : 'is in no loaded event and no field of ECS'
      return `${outcome(place, 'match')}: \`${name}\` ${nowhere}, so that Elasticsearch refuses the rule.`
    }
    case 'no-key': {
      const { name, category, events, anywhere } = finding
      return `${outcome(place, 'join')}: \`${name}\` is absent on ${allOf(category, events)}.${othersHave(anywhere)}`
    }
    case 'no-time': {
      const { name, category, events } = finding
      const kind = category === undefined ? 'events' : `${category} events`
      return `${outcome(place, 'join')}: none of the ${grouped(events)} ${kind} has a usable time in \`${name}\`.`
    }
    case 'no-field': {
      const { fields, category, events } = finding
      const verb = fields.length === 1 ? 'is' : 'are'
      return `${outcome(place, 'match')}: ${listed(fields)} ${verb} absent on ${allOf(category, events)}, and a condition needs ${fields.length === 1 ? 'it' : 'one of them'}.`
    }
  }
}

const othersHave = (events: number): string => {
  if (events === 0) return ''
  return events === 1
    ? ' One event of another category has it.'
    : ` ${grouped(events)} events of other categories have it.`
}

const fieldsOf = (count: number): string => {
  if (count === 0) return 'no field'
  return count === 1 ? '1 field' : `${count} fields`
}

/** What the rule as a whole is short of. */
export interface Shortage {
  /** Active events. */
  readonly events: number
  /** Different fields that it needs. */
  readonly needed: number
  /** Those that no event has of a category that must have it. */
  readonly fields: readonly string[]
  /** Categories it must have, of which there is no event. */
  readonly categories: readonly string[]
}

/** What the rule needs and what is there, in one sentence. */
export function sayFit({ events, needed, fields, categories }: Shortage): string {
  const needs = `The rule needs ${fieldsOf(needed)}`
  if (events === 0) return `${needs}; no event is loaded.`
  const lacks = [
    ...(categories.length > 0 ? [`no ${categories.join(' or ')} event is loaded`] : []),
    ...(fields.length > 0 ? [`${listed(fields)} ${absent(fields.length)}`] : []),
  ]
  if (lacks.length > 0) return `${needs}; ${lacks.join(', and ')}.`
  return needed === 0
    ? 'The rule needs no field, and the loaded events have its categories.'
    : `${needs}, and the loaded events have ${needed === 1 ? 'it' : 'all of them'}.`
}

const absent = (count: number): string =>
  count === 1 ? 'is absent where it is needed' : 'are absent where they are needed'
