import { seededDraw, type Draw } from './draw'
import { categories, exceptions, nameOneOf, type CategoryClauses } from './rule-clauses'
import { allWords, KnownLists, type RuleWords } from './rule-words'

/*
 * Imitates the EQL rules of a large public repository by their statistics: 757 event
 * queries, 194 sequences and 3 samples; about 1,160 conditions of seven clauses, half of
 * which some other rule asks too; most begin with the platform and the event type, and
 * most end with what they leave out. Under half are for Windows.
 */
export const RULE_COUNT = 954
const SEQUENCES = 194
const SAMPLES_AT = [200, 500, 800]

/** `count` different rules, each longer list beginning with the shorter. */
export function makeRules(count: number = RULE_COUNT, seed = 2): readonly string[] {
  const draw = seededDraw(seed)
  const lists = new KnownLists(draw)
  const rules = new Set<string>()
  while (rules.size < count) rules.add(makeRule({ draw, lists }, rules.size % RULE_COUNT))
  return [...rules]
}

export const isSequence = (query: string): boolean =>
  /^(\/\*.*?\*\/)?\s*sequence\b/.test(query)

interface From {
  readonly draw: Draw
  readonly lists: KnownLists
}

/** Sequences lie evenly among the rest, the first rule being none. */
function makeRule(from: From, at: number): string {
  const comment = from.draw.sometimes(43) ? '/* what we look for */ ' : ''
  if (SAMPLES_AT.includes(at)) return makeSample(from)
  const isNext = (at * SEQUENCES) % RULE_COUNT >= RULE_COUNT - SEQUENCES
  return comment + (isNext ? makeSequence(from) : makeEventQuery(from))
}

const makeEventQuery = (from: From): string => makeCondition(from, drawWords(from.draw))

function drawWords(draw: Draw): RuleWords {
  const at = draw.below(100)
  return allWords[at < 50 ? 0 : at < 87 ? 1 : 2] ?? allWords[0]!
}

const lotteryOf = (among: readonly CategoryClauses[]): readonly CategoryClauses[] =>
  among.flatMap((category) => Array<CategoryClauses>(category.share).fill(category))
const lottery = lotteryOf(categories)
/** Sequences are about what processes do. */
const stepLottery = lotteryOf(categories.filter(({ isActivity }) => isActivity))

function drawCategory(
  draw: Draw,
  { os }: RuleWords,
  from: readonly CategoryClauses[],
): CategoryClauses {
  for (;;) {
    const category = draw.pick(from)
    if (category.only === undefined || category.only === os) return category
  }
}

/** An event query asks more than a step does. */
function makeCondition(from: From, words: RuleWords): string {
  const { draw } = from
  const { category, types, first, more } = drawCategory(draw, words, lottery)
  const full = { ...from, words }
  const clauses = [
    draw.sometimes(90) ? `host.os.type == "${words.os}"` : '',
    types(words, draw),
    first(full),
    ...Array.from({ length: 1 + draw.below(2) }, () => draw.pick(more)(full)),
    ...Array.from({ length: draw.below(5) }, () => exceptions(full)),
  ]
  return print(category, clauses)
}

/** A step; those about one process have their `subject` in common. */
function makeStep(from: From, words: RuleWords, subject: string | undefined): string {
  const { draw } = from
  const { category, types, first, more } = drawCategory(draw, words, stepLottery)
  const full = { ...from, words }
  const clauses = [
    draw.sometimes(90) ? `host.os.type == "${words.os}"` : '',
    draw.sometimes(70) ? types(words, draw) : '',
    subject ?? first(full),
    draw.sometimes(35) ? draw.pick(more)(full) : '',
    ...Array.from({ length: draw.below(4) }, () => exceptions(full)),
  ]
  return print(category, clauses)
}

const print = (category: string, clauses: readonly string[]): string =>
  `${category} where ${[...new Set(clauses)].filter(Boolean).join(' and\n  ') || 'true'}`

const maxspans = '1m 1m 1m 1m 5s 5s 30s 30s 1s 15s 3s 5m 10s 10m 1h'.split(' ')

/** Of a hundred sequences: [first steps' keys, last step's keys], as often as real ones. */
const joins: readonly (readonly [share: number, first: string, last: string])[] = [
  [34, 'process.entity_id', 'process.entity_id'],
  [16, 'host.id, process.entity_id', 'host.id, process.entity_id'],
  [15, 'host.id', 'host.id'],
  [12, 'host.id, user.id', 'host.id, user.id'],
  [14, 'process.entity_id', 'process.parent.entity_id'],
  [9, 'host.id, user.name', 'host.id, user.name'],
]
const joinLottery = joins.flatMap((join) => Array<typeof join>(join[0]).fill(join))

function makeSequence(from: From): string {
  const { draw } = from
  const words = drawWords(draw)
  const [, first, last] = draw.pick(joinLottery)
  const count = draw.sometimes(90) ? 2 : draw.sometimes(85) ? 3 : 4
  const isShared = first === last
  const isOneProcess = first.endsWith('process.entity_id') && isShared
  const subject = isOneProcess ? nameOneOf({ ...from, words }) : undefined
  const steps = Array.from({ length: count }, (_, i) => {
    const by = isShared ? '' : ` by ${i === count - 1 ? last : first}`
    const runs =
      i === 0 && draw.sometimes(7) ? ` with runs=${draw.pick(['5', '10', '25'])}` : ''
    return `\n  [${makeStep(from, words, subject)}]${by}${runs}`
  })
  const by = isShared ? ` by ${first}` : ''
  const span = draw.sometimes(94) ? ` with maxspan=${draw.pick(maxspans)}` : ''
  return `sequence${by}${span}${steps.join('')}`
}

const makeSample = (from: From): string => {
  const words = drawWords(from.draw)
  const steps = [0, 1].map(() => `\n  [${makeStep(from, words, undefined)}]`)
  return `sample by host.id${steps.join('')}`
}
