import type { Finding } from './lint-finding'
import { recordsOf } from './record'
import type { Rule } from './rule'

/**
 * Placeholders of the guide against the entries that take their place: each has to have
 * its other half (rules.md 4.3).
 */
export const lintGuide = ({ note = '', transform }: Rule): readonly Finding[] =>
  ['osquery', 'investigate'].flatMap((plugin) => {
    const entries = recordsOf(transform?.[plugin]).length
    const named = new Set(
      [...note.matchAll(new RegExp(`\\$${plugin}_(\\d+)`, 'g'))].map(([, n]) =>
        Number(n),
      ),
    )
    const unfilled = [...named]
      .filter((place) => place >= entries)
      .map((place): Finding => {
        const values = [`$${plugin}_${place}`, plugin, String(entries)]
        const paths = [['rule', 'note']]
        return { code: 'unfilled-placeholder', severity: 'warning', paths, values }
      })
    const idle = Array.from({ length: entries }, (_, place) => place)
      .filter((place) => !named.has(place))
      .map((place): Finding => {
        const paths = [
          ['transform', plugin, place, 'label'],
          ['transform', plugin],
        ]
        const values = [`$${plugin}_${place}`]
        return { code: 'idle-block', severity: 'hint', paths, values }
      })
    return [...unfilled, ...idle]
  })
