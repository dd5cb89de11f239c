/** Texts from events and rules within Markdown: read as they are, never as Markdown. */

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** A text as code on one line: it neither ends early nor calls on anybody. */
export const code = (text: string): string =>
  text === '' ? '' : `\`\` ${oneLine(text).replaceAll('`', 'ˋ')} \`\``

/** Behind a fence longer than any run of ticks within. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text.replace(/\n$/, '')}\n${ticks}`
}

/** Words of a title or note: their signs stay signs. */
export const plain = (text: string): string =>
  text.replace(/[\\`*_[\]<>#|~&]/g, (sign) => `\\${sign}`)

/** Cells are Markdown already. */
export const table = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')

/** Folded away. An empty line after the summary makes what follows Markdown again. */
export const details = (summary: string, content: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`
