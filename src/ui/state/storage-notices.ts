import type { StorageProblem } from '../../session/problems'
import { saveSession } from '../session/save-session'
import { SAY } from './wording'
import type { Workbench } from './workbench.svelte'

/** Tells of problems of storage: what is not stored can be taken away as a file. */
export function tellProblems(bench: Workbench, nameOf: () => string) {
  const makeRoom = { label: SAY.makeRoom, run: () => (bench.showsSessions = true) }
  const save = { label: SAY.saveBundle, run: () => void saveSession(bench, nameOf()) }
  return (sentence: string, problem: StorageProblem): void =>
    bench.notices.warn(sentence, problem === 'full' ? [makeRoom, save] : [save])
}
