import { Pseudonyms } from '../../share/pseudonyms'

/** Other names for the people, machines and places of some events (NDJSON lines). */
export class OtherNames {
  readonly #names: Pseudonyms

  constructor(lines: readonly string[], rules: readonly string[]) {
    this.#names = new Pseudonyms(rules)
    for (const line of lines) this.#names.learn(line)
  }

  /** Names that stay, because a rule asks for them; in order. */
  get kept(): readonly string[] {
    return [...this.#names.kept].sort()
  }

  of(line: string): string {
    return this.#names.replaceIn(line)
  }
}
