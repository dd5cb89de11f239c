import { grownTo } from '../../events/grown-to'

/** Effects by the code of a value; 0 where none is known yet. */
export class EffectTable {
  private effects = new Int32Array(16)

  get(code: number): number {
    return code < this.effects.length ? this.effects[code]! : 0
  }

  set(code: number, effect: number): void {
    if (code >= this.effects.length) this.effects = grownTo(this.effects, code + 1)
    this.effects[code] = effect
  }
}
