import { expect, test } from 'vitest'
import { lintQuery } from '../../src/language/lint'
import { parseQuery } from '../../src/language/parse'
import { readSchema } from './schema-lines'

const schema = readSchema(`
  a: keyword
  ip: ip
`)

const lint = (text: string) =>
  lintQuery(parseQuery(text).query!, schema).map(
    ({ severity, code, from, to }) => `${severity} ${code} ${text.slice(from, to)}`,
  )

test.each([
  ['any where a == "x*"', 'warning wildcard-under-equals "x*"'],
  ['any where a in ("x", "y?z")', 'warning wildcard-under-equals "y?z"'],
  ['any where a == "http://x/?q=1"', undefined],
  ['any where a : "x*"', undefined],
  ['any where a or b and c', 'hint mixed-logic b and c'],
  ['any where a and b or c', 'hint mixed-logic a and b'],
  ['any where a or (b and c)', undefined],
  ['any where (a and b) or c', undefined],
  ['any where (a and b or c)', 'hint mixed-logic a and b'],
  ['any where a regex "^x$"', 'warning regex-dialect "^x$"'],
  ['any where a regex~ ("x", "(?i)y")', 'warning regex-dialect "(?i)y"'],
  ['any where a regex "a\\\\bc"', 'warning regex-dialect "a\\\\bc"'],
  ['any where a regex """.*\\d+"""', 'hint regex-class """.*\\d+"""'],
  ['any where a regex """x\\$"""', undefined],
  ['any where concat(a) regex "^x$"', undefined],
  ['any where a : "*"', 'hint star-only "*"'],
  ['any where a like ("x", "**")', 'warning star-only "**"'],
  ['any where a regex ".*" or a == "*x"', 'warning wildcard-under-equals "*x"'],
  ['any where true // and a == "x"', 'hint one-line-comment // and a == "x"'],
  ['any where true // x\n', 'hint one-line-comment // x'],
  ['any where a == "//" /* x */', undefined],
  ['any where true // x\nand a == "y"', undefined],
  ['any where ip in ("10.0.0.0/8")', 'hint text-list "10.0.0.0/8"'],
  ['sequence by a [any where true] [any where true]', 'hint no-maxspan sequence'],
  [
    'sequence with maxspan=1m [any where true] [any where true]',
    'hint no-join-key sequence',
  ],
  [
    'sequence by a with maxspan=1m ![any where a] [any where true] [any where b] ![any where c]',
    'warning quiet-at-either-end ![any where c]',
  ],
  [
    'sequence by a with maxspan=1m [any where true] ![any where b] until [any where c]',
    'warning until-without-effect [any where c]',
  ],
])('%s', (text, advice) => {
  expect(lint(text)).toEqual(advice === undefined ? [] : [advice])
})
