import { readFileSync } from 'node:fs'
import { readRules } from '../../src/rules/rule-file'

/**
 * The EQL queries of a file: any rule format that is read, or a JSON array of texts or
 * of objects with a `query`.
 */
export function readQueries(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8')
  const plain = text.trimStart().startsWith('[') ? queriesOf(JSON.parse(text)) : []
  if (plain.length > 0) return plain
  const { rules, problems } = readRules(text, path)
  if (rules.length === 0) throw new Error(problems[0]?.message ?? `no rules in ${path}`)
  return rules.filter(({ language }) => language === 'eql').map(({ query }) => query)
}

function queriesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return [each]
    const hasQuery = typeof each === 'object' && each !== null && 'query' in each
    return hasQuery && typeof each.query === 'string' ? [each.query] : []
  })
}
