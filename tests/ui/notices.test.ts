import { expect, test } from 'vitest'
import { Notices } from '../../src/ui/state/notices.svelte'

const texts = (notices: Notices) => notices.list.map(({ text }) => text)

test('what is closed unanswered is let go, what is answered is not', () => {
  const notices = new Notices()
  const log: string[] = []
  const undo = { label: 'Undo', run: () => void log.push('undone') }
  for (const name of ['a', 'b'])
    notices.info(name, [undo], () => void log.push(`${name} let go`))
  const [a, b] = notices.list
  notices.close(a!.id)
  notices.answer(b!.id, undo)
  expect(log).toEqual(['a let go', 'undone'])
  expect(notices.list).toEqual([])
})

test('the same is not told twice, but each deletion can be undone', () => {
  const notices = new Notices()
  const undo = { label: 'Undo', run: () => undefined }
  notices.warn('Full.')
  notices.warn('Full.')
  notices.info('Deleted.', [undo])
  notices.info('Deleted.', [undo])
  expect(texts(notices)).toEqual(['Full.', 'Deleted.', 'Deleted.'])
})

test('many warnings of one kind are one that holds them all', () => {
  const notices = new Notices()
  const sayAll = (count: number) => `${count} problems.`
  notices.warnOfAll(['a', 'b', 'c'], sayAll)
  expect(texts(notices)).toEqual(['a', 'b', 'c'])
  const many = Array.from({ length: 30 }, (_, n) => `rule ${n}`)
  notices.warnOfAll(many, sayAll)
  expect(texts(notices).at(-1)).toBe('30 problems.')
  expect(notices.list.at(-1)?.details).toEqual(many)
  expect(notices.list).toHaveLength(4)
})

test('many warnings that are summed up in the words of others stand beside those', () => {
  const notices = new Notices()
  const sayAll = (count: number) => `${count} problems.`
  const of = (file: string) => [1, 2, 3, 4].map((line) => `${file}, line ${line}`)
  for (const file of ['a', 'b', 'a']) notices.warnOfAll(of(file), sayAll)
  expect(notices.list.map(({ details }) => details)).toEqual([of('b'), of('a')])
})
