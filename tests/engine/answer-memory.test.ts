import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { RunResult } from '../../src/engine/result'
import { runRule, runToEnd } from '../../src/engine/run'
import { bindPlainRule } from './hand-made-rule'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A match of two events, and what only the run itself held on to. */
function run(): { result: RunResult; observer: WeakRef<object> } {
  const rule = bindPlainRule(
    { missing: [false, false], optional: [false], hasUntil: false, maxspan: undefined },
    [0, 1].map((row) => ({
      row,
      time: row,
      fits: [row === 0, row === 1],
      isUntil: false,
      keys: [['a']],
    })),
  )
  const limits = { size: 10, resultPosition: 'tail', maxSamplesPerKey: 1 } as const
  const observer = {}
  const result = runToEnd(runRule(rule, limits, observer))
  return { result, observer: new WeakRef(observer) }
}

test('an answer that is kept does not keep the run that found it', async () => {
  const { result, observer } = run()
  await new Promise((resolve) => setTimeout(resolve))
  collectGarbage()
  expect(observer.deref()).toBeUndefined()
  expect([...result.matches]).toEqual([{ rows: [0, 1], joinKeys: ['a'] }])
})
