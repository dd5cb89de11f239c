/** The sentences of the notices, as templates over names and counts. */

export const sayFileProblem = (
  name: string,
  line: number | undefined,
  problem: string,
): string =>
  line === undefined ? `${name}: ${problem}` : `${name}, line ${line}: ${problem}`

export const sayFileProblems = (count: number, files: number): string =>
  files === 1
    ? `${count} problems in one file. What could be read of it is open.`
    : `${count} problems in ${files} files. What could be read of them is open.`

export const sayOpenAlready = (name: string, as: string): string =>
  name === as ? `${name} is open already.` : `${name} is open already, as ${as}.`

/** Of what was in a dropped folder. */
export const sayLeftAside = (names: readonly string[]): string => {
  const [first = '', second] = names
  const named = second === undefined ? first : `${first}, ${second}`
  const others = names.length > 2 ? ` and ${names.length - 2} others` : ''
  return `Neither events nor rules, and left aside: ${named}${others}.`
}

/** Of tests: the file beside them stays among the sources. */
export const sayEventsNotUsed = (name: string): string =>
  `Its events in ${name} cannot be used for the tests: that takes text, such as NDJSON, of at most 1 MB.`

/** Of tests: they run over no events then. */
export const sayEventsMissing = (name: string): string =>
  `Its tests name events in ${name}, which did not come along. Open the rule, its tests and this file together.`

export const sayRulesOpened = (count: number): string => `${count} rules were opened.`

/** Of a rule that was open when its file was opened. */
export const sayReopened = (name: string, isNewer: boolean): string =>
  isNewer
    ? `“${name}” was open already. This is its newest version now; what it was is kept.`
    : `“${name}” is open already, and the file is the same.`

export const sayManyReopened = (newer: number, same: number): string => {
  const were = `${newer + same === 1 ? '1 rule was' : `${newer + same} rules were`} open already`
  if (newer === 0) return `${were}, and the files are the same.`
  const have = newer === 1 ? '1 has' : `${newer} have`
  return `${were}: ${have} a new version now; what they were is kept.`
}

/** `first` is the name of one of the rules that took them. */
export const sayExceptionsTaken = (first: string, count: number): string =>
  count === 1
    ? `“${first}” has the exceptions of this file now.`
    : `${count} rules have the exceptions of this file now.`

export const sayRuleDeleted = (name: string): string => `“${name}” was deleted.`

export const saySessionDeleted = (name: string): string =>
  `The session “${name}” was deleted.`

/** Contents that the browser dropped, or never had room for. */
export const saySourcesLost = (lost: readonly { readonly name: string }[]): string => {
  const [first] = lost
  return lost.length === 1 && first
    ? `${first.name} is no longer stored in this browser. The rules are. Open the file again to use it.`
    : `${lost.length} files are no longer stored in this browser. The rules are. Open the files again to use them.`
}

export const saySessionHeld = (name: string): string =>
  `“${name}” is open in another tab. Close it there, or take it over, before you delete it.`

/** Of edits that were found in the tab after it was loaded again. */
export const sayUnsavedKept = (name: string): string =>
  `The edits of “${name}” that this tab had not saved are now a session of their own.`

/** Two tabs wrote on one session. */
export const sayKeptOfOther = (copy: string): string =>
  `The session was changed in the other tab, too. What it had there is kept as “${copy}”.`

export const sayLeftUnsaved = (name: string): string =>
  `Your edits of “${name}” were not saved.`

/** `path` is what stood in the address. */
export const sayNoReproduction = (path: string): string =>
  `There is no reproduction named “${path}” beside this page. Ask for the address again, or for a bundle file.`

/** Of an answer of a cluster whose events were not open yet. */
export const sayAnswerOpened = (name: string): string =>
  `${name} is the answer of a search on a cluster. Its events were opened.`

export const sayNoAnswer = (name: string): string =>
  `${name}: this is no answer of _eql/search that could be compared.`

/** `reason` is the engine client's own sentence. */
export const sayRestarted = (reason: string): string =>
  `${reason} Your rules and events are safe.`

export const sayOtherLanguage = (language: string): string =>
  `This rule is written in ${language}, not in EQL, so it is listed but cannot be run here.`

export const sayRunFailed = (reason: string): string =>
  `The run stopped on the data: ${reason}`

/** Ours to mend, whatever it says. */
export const sayEngineFault = (error: string): string =>
  `The engine failed on this rule, which is a fault of Maxspan: ${error}`

export const SAY = {
  newVersion:
    'A newer version of Maxspan is ready. It is used when the page is next opened.',
  useNow: 'Use it now',
  partMissing:
    'A part of the page could not be fetched. Check the connection, then load the page again: what you made is kept.',
  keepsStopping:
    'The engine keeps stopping, so it is left alone now. Your rules and events are ' +
    'safe. Close the source or rule it stops on, then start it again.',
  unreadable: 'This cannot be read. Was it moved or changed?',
  mappingNotSet: 'The engine stopped before this mapping was in force. Open it again.',
  exceptionsKept: 'Exceptions that did not come with it still apply.',
  testsReplaced: 'The tests that came with it are in place of those there were.',
  keepTests: 'Keep the tests there were',
  openApart: 'Open as another rule',
  openAllApart: 'Open as other rules',
  compareAnswer: 'Compare it with ours',
  startAgain: 'Start again',
  startedByHand: 'The engine was started again.',
  showAll: 'Show all',
  undo: 'Undo',
  keepIt: 'Keep as a session',
  makeRoom: 'Make room…',
  saveBundle: 'Save as a bundle',
} as const
