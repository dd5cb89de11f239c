import { MediaQuery } from 'svelte/reactivity'

/**
 * Which of three layouts the window has room for, rem of the default size:
 *
 *     narrow  < 48   one screen of four at a time
 *     medium  < 70   the result is a tab beside the rule
 *     wide           three columns
 */
export type Layout = 'narrow' | 'medium' | 'wide'

const notNarrow = new MediaQuery('min-width: 48rem', true)
const notMedium = new MediaQuery('min-width: 70rem', true)

export const layoutNow = (): Layout => {
  if (!notNarrow.current) return 'narrow'
  return notMedium.current ? 'wide' : 'medium'
}
