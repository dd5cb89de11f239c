import { createContext } from 'svelte'
import type { EngineClient } from '../../worker/client'
import type { ClusterAnswers } from './cluster-answers.svelte'
import type { FieldLookup } from './field-lookup'
import type { Guests } from './guests.svelte'
import type { Intake } from './intake'
import type { OpenRules } from './open-rules.svelte'
import type { RunLoop } from './run-loop.svelte'
import type { Scratch } from './scratch.svelte'
import type { SessionKeeper } from './session-keeper.svelte'
import type { SourceLoader } from './source-loader.svelte'
import type { Workbench } from './workbench.svelte'

/** The workbench and those who may change it, in reach of every component. */
export interface Desk {
  readonly bench: Workbench
  readonly engine: EngineClient
  readonly loop: RunLoop
  readonly loader: SourceLoader
  readonly rules: OpenRules
  readonly intake: Intake
  readonly keeper: SessionKeeper
  readonly fields: FieldLookup
  readonly scratch: Scratch
  readonly guests: Guests
  readonly answers: ClusterAnswers
}

export const [useDesk, provideDesk] = createContext<Desk>()
