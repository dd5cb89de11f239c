import type { SyntaxNode } from '@lezer/common'
import type { Maxspan } from './ast'
import { readUnit } from './literals'
import { builderError, describe, insertFix } from './problem'
import { findPart } from './read-step'
import { note, textOf, type Reading } from './read-tree'
import { serverText } from './server-text'

/** `maxspan=5m`; a problem leaves the sequence without a usable one. */
export function readMaxspan(reading: Reading, node: SyntaxNode): Maxspan | undefined {
  const number = findPart(node, 'Number')!
  const unit = findPart(node, 'Unit')
  const amount = textOf(reading.text, number)
  const unitText = unit && textOf(reading.text, unit)
  const problem = findMaxspanProblem(amount, unitText, number, unit)
  if (!problem) {
    const ms = Number(amount) * readUnit(unitText!)!
    return { from: number.from, to: unit!.to, ms, text: `${amount}${unitText}` }
  }
  const { server, ...diagnostic } = problem
  note(reading, () => ({
    ...diagnostic,
    elastic: builderError(reading.text, number.from, server),
  }))
  return undefined
}

function findMaxspanProblem(
  amount: string,
  unitText: string | undefined,
  number: SyntaxNode,
  unit: SyntaxNode | undefined,
) {
  const span = { from: number.from, to: unit?.to ?? number.to }
  if (!/^\d+$/.test(amount))
    return {
      ...describe(number, 'maxspan-fraction', amount),
      server: serverText.maxspanFraction(amount),
    }
  if (!unit || unitText === undefined)
    return {
      ...describe(number, 'maxspan-unit-missing', amount),
      server: serverText.maxspanUnitMissing(amount),
      fixes: [
        insertFix('Use seconds', number.to, 's'),
        insertFix('Use minutes', number.to, 'm'),
      ],
    }
  if (readUnit(unitText) === undefined)
    return {
      ...describe(unit, 'maxspan-unit', unitText),
      server: serverText.maxspanUnit(unitText, amount + unitText),
    }
  if (Number(amount) === 0)
    return { ...describe(span, 'maxspan-value'), server: serverText.maxspanValue(amount) }
  return undefined
}
