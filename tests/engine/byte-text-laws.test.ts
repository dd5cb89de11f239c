import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../src/engine/compile-condition'
import { LeafCache } from '../../src/engine/leaf-cache'
import type { Condition } from '../../src/engine/plan'
import type { ContentExports } from '../../src/events/byte-store'
import type { Scalar } from '../../src/events/column'
import { GrowingTable } from '../../src/events/growing-table'
import type { Field, Schema } from '../../src/events/schema'
import { Encoder, MemoryExhausted } from '../../src/ingest/encoder'
import { type EncoderBuild, loadEncoderModule } from '../../src/ingest/encoder-module'
import { printLiteral } from '../../src/language/print-literal'
import { readEventQuery } from '../support/event-query'

const keyword: Field = {
  name: 'f',
  type: 'keyword',
  typeName: 'keyword',
  column: 'f',
  knownBy: 'mapping',
}
/** The same contents, read as numbers. */
const byte: Field = { ...keyword, name: 'n', type: 'byte', typeName: 'byte' }
const schema: Schema = {
  model: 'mapping',
  field: (name) => [keyword, byte].find((field) => field.name === name),
  names: () => ['f', 'n'],
}

/** Contents of one field, kept as JavaScript values or as bytes of the encoder. */
class Contents {
  readonly table = new GrowingTable()
  private readonly leaves = new LeafCache()
  private readonly source = this.table.startSource()
  private encoder: Encoder | undefined

  static async of(build: EncoderBuild): Promise<Contents> {
    const contents = new Contents()
    const module = await loadEncoderModule(build)
    if (module) contents.encoder = new Encoder(module, contents.table)
    return contents
  }

  /** Takes all memory that the encoder can still have. */
  takeMemory(): void {
    const exports = Reflect.get(this.encoder!, 'exports') as ContentExports
    const takeAll = (bytes: number): void => {
      for (;;) exports.allocate(bytes)
    }
    for (let bytes = 2 ** 30; bytes >= 16; bytes /= 2)
      expect(() => {
        takeAll(bytes)
      }).toThrow(MemoryExhausted)
  }

  /** Each some times over, so that most are judged before any event is asked. */
  append(contents: readonly (readonly Scalar[])[]): void {
    for (let times = 0; times < 600 / contents.length; times++) this.appendOnce(contents)
  }

  appendOnce(contents: readonly (readonly Scalar[])[]): void {
    const { table, source } = this
    for (const scalars of contents) {
      table.beginRow(source)
      const field = table.root.child('f')
      for (const scalar of scalars) table.put(field, scalar, scalars.length > 1)
      table.endRow()
    }
  }

  ask(condition: string): number[] {
    return this.compile(condition).rows().rows()
  }

  /** How many contents its one leaf has judged so far. */
  judgedBy(condition: string): number | undefined {
    return this.compile(condition).costs()[0]?.contents
  }

  private compile(condition: string): Condition {
    const { table, leaves } = this
    const context = { table, schema, categoryField: 'f', now: 0, leaves }
    return compileCondition(readEventQuery(`any where ${condition}`), context)
  }
}

const letters = ['a', 'A', 'b', '\\', '"', '\n', '\u0001', ' ', 'é', 'É', '😀', ',', ']']
const textOf = (more: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...letters, ...more), { maxLength: 5 })
    .map((chars) => chars.join(''))
const content = fc.array(textOf(['\ud800', '\udc00']), { minLength: 1, maxLength: 3 })
const contents = fc.array(content, { minLength: 1, maxLength: 40 })

const literal = (more: readonly string[]): fc.Arbitrary<string> =>
  textOf(more).map((value) => printLiteral({ type: 'string', value }))
const condition = fc.oneof(
  literal([]).map((text) => `f == ${text}`),
  fc.tuple(literal([]), literal([])).map(([a, b]) => `f in (${a}, ${b})`),
  fc.tuple(literal([]), literal([])).map(([a, b]) => `f in~ (${a}, ${b})`),
  fc.tuple(literal([]), literal(['*'])).map(([a, b]) => `f : (${a}, ${b})`),
  fc.tuple(literal(['*']), literal(['?'])).map(([a, b]) => `f in (${a}, ${b})`),
  literal(['*', '?']).map((text) => `f like ${text}`),
  fc
    .array(literal(['*', '**', '?', '*a', 'B?']), { minLength: 2, maxLength: 6 })
    .map((texts) => `f like~ (${texts.join()})`),
  literal(['*', '?']).map((text) => `f like~ ${text}`),
  fc
    .tuple(
      fc.constantFrom('startsWith', 'endsWith', 'stringContains'),
      fc.constantFrom('', '~'),
      literal([]),
    )
    .map(([name, tilde, text]) => `${name}${tilde}(f, ${text})`),
)
const conditions = fc.array(condition, { minLength: 1, maxLength: 12 })

describe.each(['simd', 'scalar'] as const)('contents that lie as bytes, %s', (build) => {
  test('answer as values do', async () => {
    const law = fc.asyncProperty(contents, conditions, async (all, asked) => {
      const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
      for (const each of [values, bytes]) each.append(all)
      for (const text of asked)
        expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
    })
    await fc.assert(law, { numRuns: 150 })
  })

  test('answer as values do where few events of many contents are asked', async () => {
    const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
    const all = Array.from({ length: 3000 }, (_, at) => [`Text ${String(at)}`, '"\\é😀'])
    for (const each of [values, bytes]) each.append(all)
    const rowsOf = { '*T 77': 1, 'tex?*7': 1, '"????': 0, '"???': 1, '*?\\??': 1, '7': 0 }
    for (const [pattern, count] of Object.entries(rowsOf)) {
      const text = `f == "Text 77" and f like~ ${printLiteral({ type: 'string', value: pattern })}`
      expect([text, bytes.ask(text).length]).toEqual([text, count])
      expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
    }
  })

  test('answer as values do when more come between one question and the next', async () => {
    const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
    let told = 0
    for (const more of [1000, 30, 1, 1, 700, 1400]) {
      const all = Array.from({ length: more }, () => [`Text ${String(told++)} é`])
      for (const each of [values, bytes]) each.append(all)
      for (const pattern of ['"*t 1?9 *"', '("*9 é", "text ??1*")', '"*32*"'])
        for (const text of [`f like~ ${pattern}`, `f like ${pattern}`])
          expect([more, text, bytes.ask(text)]).toEqual([more, text, values.ask(text)])
    }
  })

  test('answer as values do where sketches turn most of them away', async () => {
    const rounds = fc.array(contents, { minLength: 1, maxLength: 4 })
    const before = fc.constantFrom(0, 30, 1010)
    const last = fc.constantFrom([], [1], ['a', 1.5], ['a', null])
    const given = fc.tuple(before, rounds, last)
    const law = fc.asyncProperty(given, conditions, async ([count, all, end], asked) => {
      const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
      const first = Array.from({ length: count }, (_, at) => [`Text ${String(at)}`])
      for (const more of [first, ...all, [end]]) {
        for (const each of [values, bytes]) each.appendOnce(more)
        for (const text of asked)
          expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
      }
    })
    await fc.assert(law, { numRuns: 100 })
  })

  test('are judged once, and so they are told of', async () => {
    const bytes = await Contents.of(build)
    const text = 'f like~ "*t 7?"'
    for (const known of [0, 1100, 1101, 1102]) {
      const to = Math.max(1100, known + 1)
      const more = Array.from({ length: to - known }, (_, at) => [
        `T ${String(known + at)}`,
      ])
      bytes.appendOnce(more)
      expect(bytes.ask(text)).toHaveLength(10)
      // And what events without the field are told.
      expect(bytes.judgedBy(text)).toBe(to + 1)
    }
  })

  test('are compared as numbers as values are', async () => {
    const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
    const all = [[7], ['7'], ['007'], [127], [128], ['200'], [-3], [1.5], ['x'], [7, 99]]
    for (const each of [values, bytes]) each.append(all)
    const found = { 'n == 7': 240, 'n > 99': 60, 'n <= 7': 360, 'n in (1, 127)': 120 }
    for (const [text, count] of Object.entries(found)) {
      expect([text, bytes.ask(text).length]).toEqual([text, count])
      expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
    }
  })

  test('have hashes of their own, and one in common where they differ in case', async () => {
    const bytes = await Contents.of(build)
    bytes.append(['cmd "A" é', 'CMD "a" é', 'Cmd "a" é'].map((text) => [text]))
    const told: (readonly number[])[] = []
    const texts = bytes.table.column('f')!.texts!()!
    texts.forEachHash(1, 3, (code, place, hash, anyCase) => {
      expect([texts.hashAt(place, false), texts.hashAt(place, true)]).toEqual([
        hash,
        anyCase,
      ])
      told.push([code, hash, anyCase])
    })
    const different = (at: number) => new Set(told.map((each) => each[at])).size
    expect([0, 1, 2].map(different)).toEqual([3, 3, 1])
  })

  test('are found by a text that many have, and by one of many texts', async () => {
    const [values, bytes] = await Promise.all([Contents.of('none'), Contents.of(build)])
    const listsOf = (name: string) =>
      Array.from({ length: 100 }, (_, at) => [
        ...(at % 3 > 0 ? ['-enc'] : ['-Enc', '-enc', '-enc']),
        ...Array.from({ length: 40 }, (_, i) => `${name} ${String(at)} ${String(i)}`),
      ])
    const found: Record<string, readonly number[]> = {
      'f == "-enc"': [600, 1200],
      'f == "-Enc"': [204, 408],
      'f : "-ENC"': [600, 1200],
      'f : "two 7 39"': [0, 6],
    }
    for (const [at, name] of ['One', 'Two'].entries()) {
      for (const each of [values, bytes]) each.append(listsOf(name))
      for (const [text, counts] of Object.entries(found)) {
        expect([text, bytes.ask(text).length]).toEqual([text, counts[at]])
        expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
      }
    }
  })

  test('are matched where there is no more memory', async () => {
    const bytes = await Contents.of(build)
    bytes.append(Array.from({ length: 1000 }, (_, at) => [`Text ${String(at)}`]))
    bytes.takeMemory()
    expect(bytes.ask('f like~ "*t 7?"')).toHaveLength(10)
    const long = 'é'.repeat(3000)
    expect(bytes.ask(`f like~ ("*${long}*", "*t 7?")`)).toHaveLength(10)
    const tooLong = `"*${'é'.repeat(30_000)}*"`
    expect(bytes.ask(`f like~ (${tooLong}, "*t 8?")`)).toHaveLength(10)
  })

  test('and go on to, when some come that are no texts', async () => {
    const more = fc.array(
      fc.oneof(content, fc.constantFrom([1], [true], ['a', 1.5], [null])),
      { minLength: 1, maxLength: 9 },
    )
    const law = fc.asyncProperty(
      contents,
      more,
      conditions,
      async (all, later, asked) => {
        const [values, bytes] = await Promise.all([
          Contents.of('none'),
          Contents.of(build),
        ])
        for (const rows of [all, later, all]) {
          for (const each of [values, bytes]) each.append(rows)
          for (const text of asked)
            expect([text, bytes.ask(text)]).toEqual([text, values.ask(text)])
        }
      },
    )
    await fc.assert(law, { numRuns: 60 })
  })
})
