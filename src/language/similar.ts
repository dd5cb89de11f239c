/**
 * The names most like the one asked for, best first, as Elasticsearch picks them
 * (language.md 3.12): at least half of the longer name is kept by the shortest edit.
 * Names of equal likeness stay in the order given.
 */
export function findSimilar(asked: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, score: likeness(asked, name) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name)
}

function likeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (Math.min(a.length, b.length) * 2 < longer) return 0
  return 1 - editDistance(a, b) / longer
}

/** Levenshtein's: insert, delete or replace one unit, each at cost 1. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = row[j]! + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
