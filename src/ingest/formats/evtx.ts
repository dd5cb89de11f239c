import { restOf } from '../byte-window'
import { readEvtx } from '../evtx/read-evtx'
import type { BinaryFormat } from '../format'
import { readWindowsEvent } from '../windows/from-xml'
import { nameVariant } from '../windows/providers'

/**
 * Windows event logs (EVTX). Every record of every intact block is read, whatever the
 * header of the file says of them (events-formats.md 8).
 */
export const evtx: BinaryFormat = {
  name: 'EVTX',
  originals: 'evtx',
  recognises: (head) => MAGIC.every((byte, i) => head[i] === byte),
  async read(window, reader) {
    await readEvtx(
      restOf(window),
      ({ root, offset, length }) => {
        const event = readWindowsEvent(root)
        reader.acceptWindows(event, { offset, length }, nameVariant(event, 'EVTX'))
      },
      {
        onDamage({ offset, isLoss, reason }) {
          if (isLoss) reader.bad.addAt(offset, reason)
          else reader.said.note(reason)
        },
        async onChunk() {
          if (reader.isDue) await reader.rest()
          return !reader.isStopped
        },
      },
    )
  },
}

/** `ElfFile` and a zero. */
const MAGIC: readonly number[] = [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0]
