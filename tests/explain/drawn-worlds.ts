import fc from 'fast-check'
import { drawTable, type DrawnTable } from '../support/text-table'

/** One event as it is drawn; `-` is absent, `[a, b]` an array. */
export interface DrawnEvent {
  /** Seconds. */
  readonly time: number
  readonly category: string
  readonly user: string
  readonly name: string
}

/** What steps ask for more often than not, and what they nearly do. */
const kinds = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ category: 'process', name: 'a.exe' }) },
  { weight: 4, arbitrary: fc.constant({ category: 'network', name: 'b.exe' }) },
  { weight: 2, arbitrary: fc.constant({ category: 'file', name: 'a.exe' }) },
  { weight: 2, arbitrary: fc.constant({ category: 'session', name: '-' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      category: fc.constantFrom('process', 'network', 'file'),
      name: fc.constantFrom('a.exe', 'b.exe', 'A.EXE', '-'),
    }),
  },
)
const users = fc.constantFrom('ann', 'ann', 'ann', 'ann', 'bob', '-', '[ann, bob]')

/** Few values and little time, so that ties, replacement and crossing keys are common. */
export const drawnEvents: fc.Arbitrary<readonly DrawnEvent[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 15 }), kinds, users)
    .map(([time, kind, user]) => ({ time, user, ...kind })),
  { minLength: 3, maxLength: 14, size: 'max' },
)

/** Row n is event n. */
export const drawEvents = (events: readonly DrawnEvent[]): DrawnTable =>
  drawTable(
    [
      'row  time  category  user.name  process.name',
      ...events.map(({ time, category, user, name }, row) =>
        [row, `${time}s`, category, user, name].join('  '),
      ),
    ].join('\n'),
  )

const limits = fc.integer({ min: 2, max: 14 }).map((seconds) => `maxspan=${seconds}s`)
const A = '[process where process.name == "a.exe"]'
const B = '[network where process.name == "b.exe"]'
const C = '[file where process.name != null]'

/** Until, missing steps at every place, runs, optional keys, keys of single steps, samples. */
export const drawnSequences: fc.Arbitrary<string> = limits.chain((maxspan) =>
  fc.constantFrom(
    `sequence by user.name with ${maxspan} ${A} ${B}`,
    `sequence by user.name with ${maxspan} ${A} ${B} until [session where true]`,
    `sequence by user.name with ${maxspan} ${A} ${B} ${C} until [session where true]`,
    `sequence by ?user.name with ${maxspan} ${A} ${B}`,
    `sequence with ${maxspan} ${A} by user.name ${B} by user.name`,
    `sequence with ${maxspan} ${A} ${B}`,
    `sequence by user.name, process.name with ${maxspan} [process where true] [network where true]`,
    `sequence by user.name with ${maxspan} ${A} with runs=2 ${B}`,
    `sequence by user.name with ${maxspan} ${A} ${B} with runs=2 until [session where true]`,
    `sequence by user.name with ${maxspan} [any where process.name : "a*"] with runs=3`,
    `sequence by user.name with ${maxspan} ${A} ![file where true] ${B}`,
    `sequence by user.name with ${maxspan} ![session where true] ${A} ${B}`,
    `sequence by user.name with ${maxspan} ${A} ${B} ![file where true]`,
    `sequence by user.name with ${maxspan} ${A} with runs=2 ![file where true] ${B} until [session where true]`,
  ),
)

export const drawnSamples = fc.constantFrom(
  `sample by user.name ${A} ${B}`,
  `sample by user.name [any where process.name == "a.exe"] ${B} ${C}`,
  `sample by ?user.name ${A} [any where process.name == "b.exe"]`,
)

export const drawnQueries = fc.constantFrom(
  'process where process.name == "a.exe" and user.name == "ann"',
  'any where (user.name == "ann" or process.name == "a.exe") and not user.name == "bob" and process.name != null',
)
