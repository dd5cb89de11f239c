import type { Row } from '../events/row-set'
import type { Span } from '../language/ast'
import type { NearMiss } from './explanation'

/** A near miss told only when someone looks at it: of a thousand, few are looked at. */
export class LateNearMiss implements NearMiss {
  private told: NearMiss | undefined

  constructor(
    readonly culprit: Row,
    private readonly tell: () => NearMiss,
    readonly failed?: Span,
  ) {}

  get cause() {
    return this.whole.cause
  }

  get fault() {
    return this.whole.fault
  }

  get step() {
    return this.whole.step
  }

  get rows() {
    return this.whole.rows
  }

  get events() {
    return this.whole.events
  }

  get joinKeys() {
    return this.whole.joinKeys
  }

  get sentence() {
    return this.whole.sentence
  }

  get slack() {
    return this.whole.slack
  }

  get span() {
    return this.whole.span
  }

  private get whole(): NearMiss {
    return (this.told ??= this.tell())
  }
}
