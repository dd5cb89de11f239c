/** Why something is not being kept. */
export type StorageProblem = 'refused' | 'newer' | 'blocked' | 'taken' | 'lost' | 'full'

const SENTENCES: Record<StorageProblem, string> = {
  refused:
    'This browser does not let the page store anything here, so your work lasts only ' +
    'until this tab is closed. A private window or blocked site data is the usual cause.',
  newer:
    'What is stored here was written by a newer version of Maxspan. It is left as it ' +
    'is, and your work in this tab is not saved. Reload the page to get that version.',
  blocked:
    'Another tab holds an older version of Maxspan open, so nothing is saved here. ' +
    'Close that tab, then reload this one.',
  taken:
    'A newer version of Maxspan was opened in another tab, so this one no longer ' +
    'saves. Reload this tab to go on.',
  lost:
    'The browser closed its storage, perhaps because site data was cleared. Your work ' +
    'goes on here, but it is no longer saved. Reload the page once you have kept what you need.',
  full:
    'The browser has no room left to store this. Your work goes on, but part of it ' +
    'lasts only until this tab is closed. Removing sessions or large sources makes room.',
}

/** The sentence to show for a problem of storage. */
export function printProblem(problem: StorageProblem): string {
  return SENTENCES[problem]
}

/** What a rejected IndexedDB request means for the user. */
export function readProblem(error: unknown): StorageProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return 'full'
  if (name === 'VersionError') return 'newer'
  if (name === 'InvalidStateError' || name === 'AbortError') return 'lost'
  return 'refused'
}
