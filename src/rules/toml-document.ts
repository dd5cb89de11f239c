import { isRecord, isSameValue, type JsonRecord } from './record'
import type { RuleProblem } from './read-rules'
import { parseToml } from './rule-toml'
import { editArray, editString } from './toml-edit-value'
import {
  findNode,
  readTables,
  startsWith,
  type Found,
  type TableNode,
} from './toml-nodes'
import type { TomlPath } from './toml-nodes'
import { isTables, printInline, printKey, printTable, printValue } from './toml-print'

/**
 * A TOML file that can be edited without losing anything: its text, byte for byte, and
 * what it says. Edits answer a new document in which only the lines of the changed value
 * differ; comments, order and spelling stay.
 */
export interface TomlDocument {
  readonly text: string
  readonly table: JsonRecord
}

/** A stretch of the text in UTF-16 offsets, `to` exclusive. */
interface Span {
  readonly from: number
  readonly to: number
}

export function readTomlDocument(
  text: string,
): { readonly document: TomlDocument } | { readonly problem: RuleProblem } {
  const parsed = parseToml(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  return 'problem' in parsed ? parsed : { document: { text, table: parsed.table } }
}

/** The value at a path; undefined where there is none. */
export function valueAt(document: TomlDocument, path: TomlPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
    return isRecord(value) ? value[step] : undefined
  }, document.table)
}

/** Where a value stands; for tables, their first header. */
export function spanOf(document: TomlDocument, path: TomlPath): Span | undefined {
  const tables = tablesOf(document)
  const found = findNode(tables, path)
  if (found) return { from: found.node.range[0], to: found.node.range[1] }
  const table = tables.find((each) => each.path.length > 0 && startsWith(each.path, path))
  return table && { from: table.from, to: table.to }
}

/**
 * The document with a value set; undefined takes it away. Lists of objects that stand as
 * arrays of tables are changed table by table. A table that is missing is made.
 */
export function setValue(
  document: TomlDocument,
  path: TomlPath,
  value: unknown,
): TomlDocument {
  const old = valueAt(document, path)
  if (isSameValue(old, value)) return document
  if (value === undefined) return removeKey(document, path)
  const found = findNode(tablesOf(document), path)
  if (found) return replaceValue(document, found, path, value)
  if (old !== undefined && isRecord(old) && isRecord(value)) {
    return setEntries(document, path, old, value)
  }
  if (Array.isArray(old) && isTables(value)) return setTables(document, path, old, value)
  const cleared = old === undefined ? document : removeKey(document, path)
  return addValue(cleared, path, value)
}

/** The document without a key, a table, an array of tables or one of its tables. */
export function removeKey(document: TomlDocument, path: TomlPath): TomlDocument {
  const tables = tablesOf(document)
  const found = findNode(tables, path)
  if (found?.within) return removeWithin(document, found, path)
  const pairs = tables.flatMap((table) =>
    table.pairs.filter((p) => startsWith(p.path, path)),
  )
  const spans = tables
    .filter((table) => table.path.length > 0 && startsWith(table.path, path))
    .map((table) => ({ from: table.from, to: endOf(table) }))
  return [...spans, ...pairs]
    .filter(
      (span, i, all) =>
        !all.some((o, j) => j < i && o.from <= span.from && span.to <= o.to),
    )
    .sort((a, b) => b.from - a.from)
    .reduce((left, span) => edit(left, linesToCut(left.text, span), ''), document)
}

function listAt(document: TomlDocument, path: TomlPath): readonly unknown[] {
  const value = valueAt(document, path)
  return Array.isArray(value) ? value : []
}

const parsed = new WeakMap<TomlDocument, readonly TableNode[]>()

function tablesOf(document: TomlDocument): readonly TableNode[] {
  const known = parsed.get(document)
  if (known) return known
  const tables = readTables(document.text.replace(/^\uFEFF/, ' '))
  parsed.set(document, tables)
  return tables
}

function edit({ text }: TomlDocument, { from, to }: Span, insert: string): TomlDocument {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const written = insert.replaceAll(/\r?\n/g, newline)
  const read = readTomlDocument(text.slice(0, from) + written + text.slice(to))
  // Every edit leaves TOML behind: what is put in was printed, what is cut was a node.
  if ('problem' in read) throw new Error(read.problem.message)
  return read.document
}

function replaceValue(
  document: TomlDocument,
  { node }: Found,
  path: TomlPath,
  value: unknown,
): TomlDocument {
  const [from, to] = node.range
  const source = document.text.slice(from, to)
  if (node.type === 'TOMLValue' && node.kind === 'string' && typeof value === 'string') {
    return edit(document, { from, to }, editString(source, value))
  }
  if (node.type === 'TOMLArray' && Array.isArray(value)) {
    const change = editArray(document.text, node, listAt(document, path), value)
    return edit(document, change, change.insert)
  }
  return edit(document, { from, to }, printInline(value))
}

function setEntries(
  document: TomlDocument,
  path: TomlPath,
  old: JsonRecord,
  value: JsonRecord,
): TomlDocument {
  const keys = new Set([...Object.keys(old), ...Object.keys(value)])
  return [...keys].reduce(
    (doc, key) => setValue(doc, [...path, key], value[key]),
    document,
  )
}

/** Tables both lists have are changed, those over are taken away, new ones come last. */
function setTables(
  document: TomlDocument,
  path: TomlPath,
  old: readonly unknown[],
  value: readonly JsonRecord[],
): TomlDocument {
  let result = document
  for (let i = old.length - 1; i >= value.length; i--) {
    result = removeKey(result, [...path, i])
  }
  for (const [i, item] of value.entries()) result = setValue(result, [...path, i], item)
  return result
}

function addValue(document: TomlDocument, path: TomlPath, value: unknown): TomlDocument {
  const parent = path.slice(0, -1)
  const key = path.at(-1)
  const around = findNode(tablesOf(document), parent)?.node
  if (around?.type === 'TOMLInlineTable') {
    const end = around.range[1] - 1
    const start = around.body.at(-1)?.range[1] ?? end
    const comma = around.body.length > 0 ? ', ' : ' '
    return edit(document, { from: start, to: start }, `${comma}${printPair(key, value)}`)
  }
  if (around?.type === 'TOMLArray') {
    return setValue(document, parent, [...listAt(document, parent), value])
  }
  if (typeof key === 'number' || isRecord(value) || isTables(value)) {
    return addTables(document, path, value)
  }
  return addPair(document, parent, `${printPair(key, value)}\n`)
}

const printPair = (key: string | number | undefined, value: unknown): string =>
  `${printKey(String(key))} = ${printValue(value, String(key))}`

/** A key goes behind the last of its table. */
function addPair(document: TomlDocument, parent: TomlPath, line: string): TomlDocument {
  const tables = tablesOf(document)
  const table = tables.find((each) => isSameValue(each.path, parent))
  if (!table) {
    const names = parent.filter((step) => typeof step === 'string').map(printKey)
    return insertTable(document, parent.slice(0, 1), `[${names.join('.')}]\n${line}`)
  }
  const last = table.pairs.at(-1)?.to ?? table.to
  if (last === 0) return edit(document, { from: 0, to: 0 }, line)
  const at = lineEnd(document.text, last)
  const isLast = at === document.text.length && !document.text.endsWith('\n')
  return edit(document, { from: at, to: at }, isLast ? `\n${line}` : line)
}

function addTables(document: TomlDocument, path: TomlPath, value: unknown): TomlDocument {
  const names = path.filter((step) => typeof step === 'string')
  const isElement = typeof path.at(-1) === 'number'
  const printed = isTables(value)
    ? value.map((item) => printTable(names, item, true)).join('\n')
    : printTable(names, isRecord(value) ? value : {}, isElement)
  return insertTable(document, path.slice(0, -1), printed)
}

/**
 * New tables go behind the last one of those they belong to, or to the end: in an array
 * of tables, the place decides what is below what.
 */
function insertTable(
  document: TomlDocument,
  near: TomlPath,
  table: string,
): TomlDocument {
  const alike = lastTableOf(tablesOf(document), near)
  const { text } = document
  const at = alike ? lineEnd(text, endOf(alike)) : text.length
  const before = text.slice(0, at)
  const gap = before.trim() === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  return edit(document, { from: at, to: at }, gap + table)
}

function lastTableOf(
  tables: readonly TableNode[],
  near: TomlPath,
): TableNode | undefined {
  for (let length = near.length; length > 0; length--) {
    const start = near.slice(0, length)
    const last = tables.findLast((each) => startsWith(each.path, start))
    if (last) return last
  }
  return undefined
}

function removeWithin(
  document: TomlDocument,
  found: Found,
  path: TomlPath,
): TomlDocument {
  const parent = path.slice(0, -1)
  const step = path.at(-1)
  const old = valueAt(document, parent)
  if (Array.isArray(old)) {
    return setValue(
      document,
      parent,
      old.filter((_, i) => i !== step),
    )
  }
  const rest = isRecord(old) ? Object.entries(old).filter(([key]) => key !== step) : []
  const { range } = found.within!
  const printed = printInline(Object.fromEntries(rest))
  return edit(document, { from: range[0], to: range[1] }, printed)
}

const endOf = ({ pairs, to }: TableNode): number => pairs.at(-1)?.to ?? to

const lineEnd = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** Whole lines; of the empty ones around them, only those on one side stay. */
function linesToCut(text: string, { from, to }: Span): Span {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = lineEnd(text, to)
  const gap = /\r?\n\r?\n$/.exec(text.slice(0, start))
  const isOpen = end === text.length || /^\r?\n/.test(text.slice(end))
  return { from: gap && isOpen ? start - (gap[0].length >> 1) : start, to: end }
}
