import fc from 'fast-check'
import { quote, texts, type RandomField } from './random-events'

type Text = fc.Arbitrary<string>

const patterns = [
  '*',
  'a*',
  '*b',
  '?',
  'A?',
  '*é*',
  '',
  'a\\*',
  '*a*b*',
  '😀',
  '?b',
  'ab',
  '* *',
]
const regexps = [
  'a.*',
  '[a-c]+',
  '~(ab)',
  '<1-10>',
  'a|é',
  '@',
  '#',
  '(a|b){1,2}',
  '"a*"',
  'a&~b',
  '[^a]',
  '.{2}',
  'A',
  '\\\\*.',
  'a?b?',
  '',
]
const javaRegexps = [
  'a.*',
  '[a-c]+',
  '^a.*$',
  '\\\\w+',
  '(a|b){1,2}',
  '[^a]?',
  'é',
  '.{1,3}',
]
const blocks = [
  '10.0.0.0/8',
  '10.0.0.1',
  '::/0',
  'fe80::/10',
  '10.0.0.200/25',
  '::ffff:10.0.0.0/104',
  '0.0.0.0/0',
  '2001:db8::/32',
]

const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
const word: Text = fc.constantFrom(...texts).map(quote)
const number: Text = fc.constantFrom(
  '0',
  '1',
  '2',
  '3',
  '-1',
  '1.5',
  '10',
  '2147483647',
  '4294967296',
  '0.5',
)
const small: Text = fc.constantFrom('0', '1', '2', '-1', '-2', '9', 'null')
const listOf = (item: Text): Text =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => `(${items.join(', ')})`)

const isText = ({ property: { type } }: RandomField): boolean =>
  ['keyword', 'wildcard', 'text'].includes(type!)
const isNumeric = ({ property: { type } }: RandomField): boolean =>
  [
    'long',
    'integer',
    'short',
    'byte',
    'unsigned_long',
    'double',
    'float',
    'half_float',
  ].includes(type!)
const ofType = (fields: readonly RandomField[], type: string) =>
  fields.filter(({ property }) => property.type === type)

/** Field names as conditions write them, now and then one that no mapping knows. */
const named = (fields: readonly RandomField[], more: readonly string[]): Text => {
  const names = [...fields.map(({ name }) => name), ...more]
  return fc.oneof(
    {
      weight: 8,
      arbitrary: names.length > 0 ? fc.constantFrom(...names) : fc.constant('?nowhere'),
    },
    {
      weight: 1,
      arbitrary:
        names.length > 0
          ? fc.constantFrom(...names.map((name) => `?${name.replace('?', '')}`))
          : fc.constant('?nowhere'),
    },
    { weight: 1, arbitrary: fc.constantFrom('?nowhere', '?not_there') },
  )
}

/** Random conditions over fields of known types, which pass the checks of types. */
export function conditionsOver(
  fields: readonly RandomField[],
  more: { readonly texts: readonly string[]; readonly numbers: readonly string[] },
): Text {
  const textField = named(fields.filter(isText), more.texts)
  const numberField = named(fields.filter(isNumeric), more.numbers)
  const { text, numeric } = fc.letrec<{ text: string; numeric: string }>((tie) => {
    const [text, numeric] = [tie('text'), tie('numeric')]
    const join = (...parts: Text[]) => fc.tuple(...parts).map((all) => all.join(', '))
    return {
      text: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        textField,
        word,
        join(text, text).map((args) => `concat(${args})`),
        join(text, numeric).map((args) => `concat(${args})`),
        join(text, small).map((args) => `substring(${args})`),
        join(text, small, small).map((args) => `substring(${args})`),
        fc
          .tuple(
            join(text, word, word),
            fc.constantFrom('', ', true', ', false'),
            fc.boolean(),
          )
          .map(
            ([args, greedy, isTilde]) => `between${isTilde ? '~' : ''}(${args}${greedy})`,
          ),
        text.map((one) => `string(${one})`),
        numeric.map((one) => `string(${one})`),
        ...['boolean', 'ip', 'date', 'date_nanos', 'version'].flatMap((type) =>
          ofType(fields, type).map(({ name }) => fc.constant(`string(${name})`)),
        ),
      ),
      numeric: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        numberField,
        number,
        text.map((one) => `length(${one})`),
        fc
          .tuple(join(text, word), small, fc.nat(3))
          .map(
            ([args, start, form]) =>
              `indexOf${form % 2 ? '~' : ''}(${args}${form > 1 ? `, ${start}` : ''})`,
          ),
        fc
          .tuple(numeric, fc.constantFrom('+', '-', '*'), numeric)
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        fc
          .tuple(
            numeric,
            fc.constantFrom('/', '%'),
            fc.oneof(
              { weight: 9, arbitrary: fc.constantFrom('2', '-3', '2.5', '0.0', '7') },
              { weight: 1, arbitrary: numberField },
            ),
          )
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        fc
          .tuple(fc.constantFrom('add', 'subtract', 'multiply'), join(numeric, numeric))
          .map(([name, args]) => `${name}(${args})`),
        fc
          .tuple(
            fc.constantFrom('divide', 'modulo'),
            join(numeric, fc.constantFrom('2', '-2', '1.5')),
          )
          .map(([name, args]) => `${name}(${args})`),
        numeric.map((one) => `(-${one})`),
        fc
          .tuple(
            fc.constantFrom('"12"', '"0x1f"', '"1e3"', '"-7"', '"ff"', '"101"'),
            fc.constantFrom('', ', 16', ', null', ', 2', ', 10'),
          )
          .map(([s, base]) => `number(${s}${base})`),
      ),
    }
  })

  const fieldAgainstConstant = fc
    .constantFrom(...fields)
    .chain(({ name, constants }) =>
      fc.tuple(
        fc.constant(name),
        comparison,
        fc.constantFrom(...constants),
        fc.boolean(),
      ),
    )
    .map(([name, op, constant, isTurned]) =>
      isTurned ? `${constant} ${op} ${name}` : `${name} ${op} ${constant}`,
    )
  const inList = (left: Text, item: Text) =>
    fc
      .tuple(
        left,
        fc.constantFrom('in', 'not in'),
        listOf(
          fc.oneof(
            { weight: 9, arbitrary: item },
            { weight: 1, arbitrary: fc.constant('null') },
          ),
        ),
      )
      .map((parts) => parts.join(' '))
  const listed = fields.filter(
    (field) => !isText(field) && field.property.type !== 'boolean',
  )
  const typedLists = listed.map(({ name, constants, property }) => {
    const wanted = isNumeric({ name, constants, property, values: [] })
      ? /^-?[\d.e]+$/
      : /^"/
    return inList(
      fc.constant(name),
      fc.constantFrom(...constants.filter((c) => wanted.test(c))),
    )
  })
  const match = (left: Text, pattern: Text, ops: readonly string[]) =>
    fc
      .tuple(left, fc.constantFrom(...ops), fc.oneof(pattern, listOf(pattern)))
      .map((parts) => parts.join(' '))
  const wildcard = fc.constantFrom(...patterns, ...texts).map(quote)
  const raw = (list: readonly string[]) =>
    fc.constantFrom(...list).map((p) => `"${p.replaceAll('"', '\\"')}"`)
  const testCall = (left: Text, right: Text) =>
    fc
      .tuple(
        fc.constantFrom('startsWith', 'endsWith', 'stringContains'),
        fc.constantFrom('', '~'),
        left,
        right,
      )
      .map(([name, tilde, a, b]) => `${name}${tilde}(${a}, ${b})`)
  const computedText = text.filter((one) =>
    /^(concat|substring|between|string)/.test(one),
  )
  const anyName = fc.constantFrom(...fields.map(({ name }) => name), '?nowhere')

  const leaf: Text = fc.oneof(
    { weight: 6, arbitrary: fieldAgainstConstant },
    {
      weight: 2,
      arbitrary: fc
        .tuple(anyName, fc.constantFrom('== null', '!= null'))
        .map((p) => p.join(' ')),
    },
    { weight: 3, arbitrary: match(textField, wildcard, [':', 'like', 'like~']) },
    { weight: 2, arbitrary: match(textField, raw(regexps), ['regex', 'regex~']) },
    { weight: 1, arbitrary: match(computedText, wildcard, [':', 'like', 'like~']) },
    { weight: 1, arbitrary: match(computedText, raw(javaRegexps), ['regex', 'regex~']) },
    { weight: 2, arbitrary: inList(textField, word) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(textField, fc.constantFrom('in~', 'not in~'), listOf(word))
        .map((p) => p.join(' ')),
    },
    ...typedLists.map((arbitrary) => ({ weight: 1, arbitrary })),
    { weight: 1, arbitrary: inList(numeric, number) },
    { weight: 1, arbitrary: inList(computedText, word) },
    { weight: 2, arbitrary: testCall(textField, word) },
    { weight: 2, arbitrary: testCall(text, text) },
    {
      weight: 3,
      arbitrary: fc.tuple(numeric, comparison, number).map((p) => p.join(' ')),
    },
    { weight: 3, arbitrary: fc.tuple(text, comparison, word).map((p) => p.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(word, comparison, text).map((p) => p.join(' ')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof(text, numeric), fc.constantFrom('== null', '!= null'))
        .map((p) => p.join(' ')),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'true',
        'false',
        'null == null',
        '?nowhere',
        '?nowhere == 1',
        '?nowhere != "x"',
        '?nowhere == ?not_there',
        '?nowhere > 1',
      ),
    },
    ...ofType(fields, 'boolean').map(({ name }) => ({
      weight: 1,
      arbitrary: fc.constant(name),
    })),
    ...ofType(fields, 'ip').map(({ name }) => ({
      weight: 3,
      arbitrary: fc.oneof(
        fc
          .array(fc.constantFrom(...blocks).map(quote), { minLength: 1, maxLength: 2 })
          .map((list) => `cidrMatch(${name}, ${list.join(', ')})`),
        fc
          .tuple(fc.constantFrom('==', '!='), fc.constantFrom(...blocks).map(quote))
          .map(([op, block]) => `${name} ${op} ${block}`),
        listOf(fc.constantFrom(...blocks).map(quote)).map((list) => `${name} in ${list}`),
      ),
    })),
  )

  return fc.letrec<{ condition: string }>((tie) => {
    const inner = tie('condition').map((one) => `(${one})`)
    const pair = fc.tuple(inner, inner)
    return {
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 4, arbitrary: leaf },
        { weight: 2, arbitrary: inner.map((one) => `not ${one}`) },
        { weight: 2, arbitrary: pair.map(([a, b]) => `${a} and ${b}`) },
        { weight: 2, arbitrary: pair.map(([a, b]) => `${a} or ${b}`) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(
              inner,
              fc.constantFrom('== true', '== false', '!= true', '== null', '!= null'),
            )
            .map(([a, b]) => `${a} ${b}`),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(inner, inner, inner)
            .map(([a, b, c]) => `${a} and ${b} or ${c}`),
        },
      ),
    }
  }).condition
}
