import { join } from 'node:path'
import { test } from 'vitest'
import { checkArrowLines } from '../../support/arrow-lines'
import { printLog } from './print-log'
import { drawEvtx } from './write-evtx'

const file = (name: string) => join(import.meta.dirname, name)

test('values are shown as Windows shows them', () => {
  checkArrowLines(file('values.txt'), (line) => {
    const [type = '', ...bytes] = line.split(' ')
    const log = drawEvtx(`<Event><V>{${type} #${bytes.join('')}}</V></Event>`)
    return printLog(log)
      .join('')
      .replace(/^<Event>/, '')
      .replace(/<\/Event>$/, '')
  })
})

test('events are shown as Windows shows them', () => {
  let drawing: string[] = []
  const answer = (event: string) => {
    drawing.push(event)
    const events = printLog(drawEvtx(drawing.join('\n')))
    return events.length === drawing.length ? events.at(-1)! : events.join(' ')
  }
  const hear = (line: string) => {
    if (line === '') drawing = []
  }
  checkArrowLines(file('events.txt'), answer, hear)
})
