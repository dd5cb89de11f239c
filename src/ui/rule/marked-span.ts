import type { MarkedSpan } from '../../editor/marked-span'
import { parseQuery } from '../../language/parse'
import { stepsOf } from '../../language/walk'
import type { Selection } from '../result/selection'
import type { OpenRule } from '../state/open-rule.svelte'
import { nearMissAt } from '../state/shown-answer'

/**
 * What of a rule's text the chosen card speaks of: the place that broke a near miss, or
 * the step that was chosen. Undefined when nothing was, and while the text is another
 * than the one the card is of.
 */
export function findMarkedSpan(
  rule: OpenRule,
  chosen: Selection | undefined,
): MarkedSpan | undefined {
  const { answer, isStale, text, ranText } = rule
  if (!chosen || !answer || isStale || text !== ranText) return undefined
  const miss = chosen.kind === 'near-miss' ? nearMissAt(answer, chosen.index) : undefined
  const tellsWhy = chosen.step === undefined || chosen.step === miss?.step
  if (miss && tellsWhy) return { kind: 'near-miss', ...miss.span }
  const { query } = parseQuery(text)
  const step = query && stepsOf(query)[(chosen.step ?? 0) - 1]
  return step && { kind: 'step', from: step.from, to: step.to }
}
