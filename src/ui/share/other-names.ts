import { Pseudonyms } from '../../share/pseudonyms'
import { Turns } from '../state/turns'

/** Other names for the people, machines and places of some events (NDJSON lines). */
export class OtherNames {
  readonly #names: Pseudonyms
  readonly #turns = new Turns()

  private constructor(texts: readonly string[]) {
    this.#names = new Pseudonyms(texts)
  }

  /** Names in `texts` stay as they are. The page breathes meanwhile. */
  static async of(
    lines: readonly string[],
    texts: readonly string[],
  ): Promise<OtherNames> {
    const names = new OtherNames(texts)
    for (const line of lines) {
      names.#names.learn(line)
      await names.#turns.next()
    }
    return names
  }

  /** Names that stay, because a rule asks for them; in order. */
  get kept(): readonly string[] {
    return [...this.#names.kept].sort()
  }

  async rename(lines: readonly string[]): Promise<readonly string[]> {
    const renamed: string[] = []
    for (const line of lines) {
      renamed.push(this.#names.replaceIn(line))
      await this.#turns.next()
    }
    return renamed
  }

  renameText(text: string): string {
    return this.#names.replaceText(text)
  }
}
