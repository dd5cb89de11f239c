/** By code point, as the bytes of UTF-8 are. */
export function compareTexts(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)]
  const at = a.findIndex((char, i) => char !== b[i])
  if (at < 0) return a.length - b.length
  return b[at] === undefined ? 1 : a[at]!.codePointAt(0)! - b[at].codePointAt(0)!
}

/** Semantic versions in order, others last (language.md 3.7). */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [read(left), read(right)]
  if (!a || !b) return a ? -1 : b ? 1 : compareTexts(left, right)
  return (
    compareParts(a.numbers, b.numbers) ||
    Number(a.pre === undefined) - Number(b.pre === undefined) ||
    compareParts(a.pre ?? [], b.pre ?? []) ||
    compareTexts(left, right)
  )
}

function read(text: string) {
  const parts = /^(\d+(?:\.\d+)*)(?:-([\w.-]+))?$/.exec(text)
  return parts ? { numbers: parts[1]!.split('.'), pre: parts[2]?.split('.') } : undefined
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  for (const [at, part] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    const isNumber = [part, other].map((each) => /^\d+$/.test(each))
    const order =
      isNumber[0] && isNumber[1]
        ? Number(part) - Number(other)
        : isNumber[0] !== isNumber[1]
          ? Number(isNumber[1]) - Number(isNumber[0])
          : compareTexts(part, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}
