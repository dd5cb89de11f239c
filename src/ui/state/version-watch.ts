import { untrack } from 'svelte'
import type { OpenRule } from './open-rule.svelte'
import { keepVersion } from './rule-versions'

/** A text that runs is kept when nothing was typed for this long, ms. */
const PAUSE = 5000

/**
 * Puts what one has edited into the rule's history:
 *
 *     typing ─► a pause, and the text runs ─┐
 *     another rule is opened ───────────────┴► a version
 *
 * What is only tried out is none yet.
 */
export class VersionWatch {
  #watched: OpenRule | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly pause = PAUSE,
    private readonly now: () => number = Date.now,
  ) {}

  /** Looks at the open rule; called inside an effect, which then watches all of it. */
  watch(rule: OpenRule | undefined): void {
    clearTimeout(this.#timer)
    const left = this.#watched
    if (left && left !== rule) untrack(() => this.#keep(left))
    this.#watched = rule
    if (rule && isEdited(rule) && rule.state === 'done')
      this.#timer = setTimeout(() => this.#keep(rule), this.pause)
  }

  #keep(rule: OpenRule): void {
    if (isEdited(rule)) keepVersion(rule, this.now(), 'edited')
  }
}

/** Reads all that an edit can change. */
const isEdited = ({ text, document, name, opened, scratch, draft }: OpenRule): boolean =>
  [text !== opened.query, document !== undefined, name !== opened.name].includes(true) &&
  scratch === undefined &&
  draft === undefined
