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
