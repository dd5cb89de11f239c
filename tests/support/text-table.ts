import type { Scalar } from '../../src/events/column'
import { fieldTypeOf } from '../../src/events/ecs'
import { GrowingTable } from '../../src/events/growing-table'
import type { Row } from '../../src/events/row-set'
import type { Field, Schema } from '../../src/events/schema'
import { unionSchema } from '../../src/events/schema-union'

/** Events drawn as text, and the fields they have. */
export interface DrawnTable {
  readonly table: GrowingTable
  /** The declared types; else what ECS says or the values show, as without a mapping. */
  readonly schema: Schema
  /** The row with that number in the `row` column. */
  row(label: string | number): Row
}

/**
 * Draws events. Cells are parted by two or more blanks; declared types stand above.
 *
 *     source.ip: ip
 *     tags: keyword null_value=none
 *
 *     row  time  category  user  process.name  tags
 *     1    0s    process   ann   a.exe         [x, y]
 *     2    1.5s  network   ann   -             null
 *
 * `row` is the event's id, `time` its `@timestamp` as an offset from 2026-01-05T09:00Z
 * (or a text), `category` its `event.category`; any other name is a field. `-` is absent,
 * `[…]` an array, bare numbers, `true`, `false` and `null` are themselves, and quotes
 * make a text of anything. Lines that begin with # are comments.
 */
export function drawTable(drawing: string): DrawnTable {
  const lines = drawing.split('\n').map((line) => line.trim())
  const told = lines.filter((line) => line !== '' && !line.startsWith('#'))
  const declared = told.filter((line) => declaration.test(line)).map(readDeclaration)
  const [header = [], ...rows] = told
    .filter((line) => !declaration.test(line))
    .map((line) => line.split(/\s{2,}/))
  const table = new GrowingTable()
  const source = table.startSource()
  for (const cells of rows) {
    table.beginRow(source, cells[header.indexOf('row')])
    cells.forEach((cell, i) => putCell(table, header[i] ?? '', cell))
    table.endRow()
  }
  return {
    table,
    schema: declaredSchema(declared, unionSchema(table)),
    row: (label) => rows.findIndex((cells) => cells[0] === String(label)),
  }
}

const declaration = /^([\w.@-]+): (\w+)((?: \w+=\S+)*)$/

function readDeclaration(line: string): Field {
  const [, name = '', typeName = '', rest = ''] = declaration.exec(line) ?? []
  const options = new Map(
    [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
  )
  const nullValue = options.get('null_value')
  const format = options.get('format')
  return {
    name,
    type: fieldTypeOf(typeName),
    typeName,
    column: options.get('column') ?? name,
    knownBy: 'mapping',
    ...(nullValue !== undefined && { nullValue: readScalar(nullValue) }),
    ...(format !== undefined && { format }),
  }
}

function declaredSchema(declared: readonly Field[], others: Schema): Schema {
  const fields = new Map(declared.map((field) => [field.name, field]))
  const names = [...new Set([...fields.keys(), ...others.names()])]
  return {
    model: others.model,
    field: (name) => fields.get(name) ?? others.field(name),
    names: () => names,
  }
}

const standIns: Readonly<Record<string, string>> = {
  time: '@timestamp',
  category: 'event.category',
}

function putCell(table: GrowingTable, heading: string, cell: string): void {
  if (heading === 'row' || cell === '-') return
  const path = (standIns[heading] ?? heading).split('.')
  const node = path.reduce((parent, part) => parent.child(part), table.root)
  if (heading === 'time') table.put(node, readOffset(cell), false)
  else if (!cell.startsWith('[')) table.put(node, readScalar(cell), false)
  else for (const scalar of readList(cell)) table.put(node, scalar, true)
}

const dawn = Date.UTC(2026, 0, 5, 9)
const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

function readOffset(cell: string): Scalar {
  const [, count, unit = ''] = /^(-?[\d.]+)(ms|s|m|h|d)$/.exec(cell) ?? []
  if (count === undefined) return readScalar(cell)
  return new Date(dawn + Number(count) * units[unit]!).toISOString()
}

/** `[]` holds nothing at all, as an event with an empty array lacks the field. */
function readList(cell: string): Scalar[] {
  const inside = cell.slice(1, -1).trim()
  const parts = inside.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
  return parts.map((part) => readScalar(part.trim()))
}

/** A cell's one value. */
function readScalar(text: string): Scalar {
  if (text.startsWith('"')) return JSON.parse(text) as string
  if (text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text
  const number = Number(text)
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number
}
