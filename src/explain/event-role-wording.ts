import type { EventDeed, EventRole, SequenceEnd } from './event-role'
import { printDuration, printKeys } from './wording'

/** What an event did in the sequences of its key, in one sentence. */
export function printEventRole({ step, keys, deed }: EventRole): string {
  const whom = printKeys({ keys })
  switch (deed.kind) {
    case 'opened':
      return `It satisfies step ${step} and opened a sequence${whom}${printEnd(deed.end)}.`
    case 'advanced':
      return `It satisfies step ${step} and carried a sequence on${whom}${printEnd(deed.end)}.`
    case 'completed':
      return deed.end?.kind === 'violated'
        ? `It satisfies step ${step} and would have completed a match${whom}, but an event fits step ${deed.end.missing}, which must be missing.`
        : `It satisfies step ${step} and completed a match${whom}.`
    case 'expired':
      return `It satisfies step ${step}, but came ${printDuration(deed.overMs)} after the ${printDuration(deed.limitMs)} limit${whom}.`
    case 'cut':
      return `It satisfies step ${step}, but an until event had ended the sequence before it${whom}.`
    case 'ignored':
      return `It satisfies step ${step}, but ${printAwaited(deed)} was waiting${whom}.`
    case 'broke':
      return `It fits step ${step}, which must be missing, and so it broke a sequence${whom}.`
    case 'harmless':
      return `It fits step ${step}, which must be missing, but no sequence was whole around it${whom}.`
    case 'ended':
      return deed.count > 0
        ? `It satisfies until and ended ${deed.count === 1 ? 'a sequence' : `${deed.count} sequences`}${whom}.`
        : `It satisfies until, but ended no sequence that would have gone on${whom}.`
    case 'keyless':
      return `It satisfies step ${step}, but has no ${deed.fields.join(' and no ')} and can never join.`
    case 'timeless':
      return `It satisfies step ${step}, but has no usable time, so no sequence can hold it.`
  }
}

const printAwaited = ({
  before,
  run,
}: Extract<EventDeed, { kind: 'ignored' }>): string =>
  run === undefined ? `no step ${before}` : `no step ${before} with all its ${run} runs`

function printEnd(end: SequenceEnd | undefined): string {
  switch (end?.kind) {
    case 'matched':
      return ', which became a match'
    case 'replaced':
      return `, which a newer one replaced ${printDuration(end.afterMs)} later`
    case 'expired':
      return `, which ended as step ${end.next} came ${printDuration(end.overMs)} too late`
    case 'cut':
      return `, which an until event ended before step ${end.next} came`
    case 'violated':
      return `, which was whole, but an event fits step ${end.missing}, which must be missing`
    case 'waiting':
      return `, which still waited for step ${end.next} when the events ended`
    case undefined:
      return ''
  }
}
