import type { FieldInfo } from '../../worker/api'
import type { EngineClient } from '../../worker/client'
import type { Workbench } from './workbench.svelte'

/**
 * What the editor asks about fields. The list of fields is long and changes only with
 * the events, so it is asked for once a version; a stopped engine knows nothing.
 */
export class FieldLookup {
  readonly #bench: Workbench
  readonly #engine: EngineClient
  #version = -1
  #fields: Promise<readonly FieldInfo[]> = Promise.resolve([])

  constructor(bench: Workbench, engine: EngineClient) {
    this.#bench = bench
    this.#engine = engine
  }

  fields(): Promise<readonly FieldInfo[]> {
    const { version } = this.#bench.engine
    if (version !== this.#version) {
      this.#version = version
      this.#fields = this.#engine.fields().catch(() => [])
    }
    return this.#fields
  }

  values(field: string, prefix: string, count: number): Promise<readonly string[]> {
    return this.#engine.values(field, prefix, count).catch(() => [])
  }
}
