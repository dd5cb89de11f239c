import type { TimeZone, VariantCount } from './report'

const MAX_NOTES = 100

/** What people are to know of how a source was read, beside what could not be. */
export class ReadingNotes {
  /** By which zone times were read that say nothing of theirs. */
  zone: TimeZone | undefined = undefined
  private readonly counts = new Map<string, number>()
  private readonly sentences = new Set<string>()

  /** `timeZone`: that of such times, as a person has said it. */
  constructor(readonly timeZone: string | undefined) {}

  /** Records that were translated, by what they were. */
  get variants(): readonly VariantCount[] {
    return Array.from(this.counts, ([name, events]) => ({ name, events }))
  }

  get notes(): readonly string[] {
    return [...this.sentences]
  }

  countVariant(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Adds a whole sentence: the same one only once, and not too many. */
  note(sentence: string): void {
    if (this.sentences.size < MAX_NOTES) this.sentences.add(sentence)
  }

  /** Tells that times say nothing of their zone, so that one was taken. */
  noteZone(name: string): void {
    this.zone = { name, isAssumed: this.timeZone === undefined }
  }
}
