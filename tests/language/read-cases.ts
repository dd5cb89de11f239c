import { readFileSync, writeFileSync } from 'node:fs'

/** `source`, a line `==>`, and what is expected; blank lines and `#` lines between. */
export interface Case {
  readonly source: string
  readonly expected: string
}

/** Reads a file of cases. */
export function readCases(name: string): Case[] {
  const text = readFileSync(pathOf(name), 'utf8')
  return blocksOf(text).map((block) => {
    const [source = '', expected] = block.split(/^==>[ \n]?/m)
    if (expected === undefined) throw new Error(`No arrow follows: ${source}`)
    return { source: source.replace(/\n$/, ''), expected: expected.trimEnd() }
  })
}

const blocksOf = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((block) => block.replace(/^(#.*(\n|$))+/, ''))
    .filter((block) => block.trim() !== '')

/** With UPDATE=1 the right sides are written anew, for the diff to be read. */
export function updateCases(name: string, answer: (source: string) => string): void {
  const text = readFileSync(pathOf(name), 'utf8')
  const blocks = text.split(/\n{2,}/).map((block) => {
    const comment = /^(#.*(\n|$))+/.exec(block)?.[0] ?? ''
    const [source = '', rest] = block.slice(comment.length).split(/^==>/m)
    if (rest === undefined) return block.trimEnd()
    return `${comment}${source}==>\n${answer(source.replace(/\n$/, ''))}`
  })
  writeFileSync(pathOf(name), `${blocks.join('\n\n')}\n`)
}

const pathOf = (name: string) => new URL(`cases/${name}`, import.meta.url)
