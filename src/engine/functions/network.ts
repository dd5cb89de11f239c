import { badAddressBlock } from '../failure'
import { isInBlock, readAddress, readBlock, type AddressBlock } from '../ip'
import { textAt, type EqlFunction } from './function'

/** Functions over addresses (language.md 4.6). */
export const networkFunctions: Readonly<Record<string, EqlFunction>> = {
  cidrMatch: {
    mayFail: true,
    run: (args) => {
      const address = readAddress(textAt('cidrMatch', args, 0))
      const blocks = args
        .slice(1)
        .map((_, i) => requireBlock(textAt('cidrMatch', args, i + 1)))
      if (address === undefined) return null
      return blocks.some((block) => isInBlock(address, block))
    },
  },
}

/** @throws EvaluationFailure when the text is no address block. */
export function requireBlock(text: string): AddressBlock {
  const block = readBlock(text)
  if (!block) throw badAddressBlock(text)
  return block
}
