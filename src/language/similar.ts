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
  const most = longer >> 1
  if (longer - Math.min(a.length, b.length) > most) return 0
  const distance = a === b ? 0 : editDistance(a, b, most)
  return 1 - distance / longer
}

let row = new Uint16Array(128)

/**
 * Levenshtein's: insert, delete or replace one unit, each at cost 1. Thousands of names
 * are weighed, so it gives up (Infinity) once the cost is sure to exceed the most allowed.
 */
function editDistance(a: string, b: string, most: number): number {
  const width = b.length
  if (row.length <= width) row = new Uint16Array(2 * width)
  for (let j = 0; j <= width; j++) row[j] = j
  for (let i = 0; i < a.length; i++) {
    const unit = a.charCodeAt(i)
    // Left and above of the field to be filled, and the one between them.
    let left = i + 1
    let corner = i
    let least = left
    row[0] = left
    for (let j = 0; j < width; j++) {
      const above = row[j + 1]!
      const replaced = b.charCodeAt(j) === unit ? corner : corner + 1
      left = Math.min(replaced, left + 1, above + 1)
      corner = above
      row[j + 1] = left
      if (left < least) least = left
    }
    if (least > most) return Infinity
  }
  return row[width]!
}
