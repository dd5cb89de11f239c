/** What the loaded events tell of a query, and the sentences for it. */
export type Advice =
  | {
      readonly code: 'category-not-in-data'
      readonly events: number
      /** Categories the events have, the most frequent first. */
      readonly present: readonly string[]
    }
  | {
      readonly code: 'field-not-in-data'
      readonly fields: readonly string[]
      /** Events of the category. */
      readonly events: number
    }
  | { readonly code: 'always-true'; readonly events: number }
  | {
      readonly code: 'only-in-other-case'
      readonly field: string
      readonly text: string
      readonly other: string
    }

interface Words {
  readonly message: string
  readonly remedy: string
}

const grouped = (count: number): string => count.toLocaleString('en')

export function adviceWords(advice: Advice): Words {
  switch (advice.code) {
    case 'category-not-in-data':
      return {
        message: `None of the ${grouped(advice.events)} events has this category.`,
        remedy:
          advice.present.length > 0
            ? `They have: ${advice.present.join(', ')}.`
            : 'They have no category at all, as events do that are not in ECS.',
      }
    case 'field-not-in-data':
      return {
        message: `None of the ${grouped(advice.events)} events of this category has ${listFields(advice.fields)}.`,
        remedy: 'See whether the data source fills the field, or names it differently.',
      }
    case 'always-true':
      return {
        message: `All ${grouped(advice.events)} events of this category satisfy this clause.`,
        remedy: 'On these events it excludes nothing.',
      }
    case 'only-in-other-case':
      return {
        message: `The events have ${advice.field} as "${advice.other}", never as "${advice.text}".`,
        remedy: 'Comparing with == and in minds upper and lower case; : and in~ do not.',
      }
  }
}

const listFields = (fields: readonly string[]): string =>
  fields.length === 1 ? (fields[0] ?? '') : `any of ${fields.join(', ')}`
