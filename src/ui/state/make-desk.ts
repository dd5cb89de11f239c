import type { EngineClient } from '../../worker/client'
import { ClusterAnswers } from './cluster-answers.svelte'
import type { Desk } from './desk'
import { FieldLookup } from './field-lookup'
import { Guests } from './guests.svelte'
import { Intake } from './intake'
import { OpenRules } from './open-rules.svelte'
import { RunLoop } from './run-loop.svelte'
import { Scratch } from './scratch.svelte'
import { SessionKeeper } from './session-keeper.svelte'
import { SourceLoader } from './source-loader.svelte'
import { Workbench } from './workbench.svelte'

/** Puts the parts of the page's state together round one engine. */
export function makeDesk(engine: EngineClient): Desk {
  const bench = new Workbench()
  const loop = new RunLoop(bench, engine)
  const loader = new SourceLoader(bench, engine, () => loop.runOutdated())
  const rules = new OpenRules(bench, loop)
  const keeper = new SessionKeeper(bench, loop, loader)
  const guests = new Guests(bench, keeper)
  const answers = new ClusterAnswers(bench, engine)
  const intake = new Intake(bench, engine, rules, loader, guests, answers, keeper)
  const fields = new FieldLookup(bench, engine)
  const scratch = new Scratch(bench, loop, engine)
  return {
    bench,
    engine,
    loop,
    loader,
    rules,
    intake,
    keeper,
    fields,
    scratch,
    guests,
    answers,
  }
}
