/** Why a link or bundle does not open, with a sentence and what to do. */
export interface LinkProblem {
  readonly kind:
    'foreign' | 'newer' | 'cut' | 'damaged' | 'too-long' | 'too-large' | 'content'
  readonly sentence: string
}

const thousands = (count: number) => count.toLocaleString('en-US')

/** The sentences about links and bundles that do not open. */
export const problems = {
  foreign: (): LinkProblem => ({
    kind: 'foreign',
    sentence: 'This address holds nothing that Maxspan could open.',
  }),
  newer: (): LinkProblem => ({
    kind: 'newer',
    sentence:
      'This link was made by a newer Maxspan than this one. Open it at the address it was made for, or reload this page to get the newest version.',
  }),
  cut: (have: number, expected: number): LinkProblem => ({
    kind: 'cut',
    sentence: `This link was cut off on its way: ${thousands(have)} of ${thousands(expected)} characters came. Copy it again, or ask for a bundle file instead.`,
  }),
  damaged: (): LinkProblem => ({
    kind: 'damaged',
    sentence:
      'This link was changed on its way: its contents do not agree with its checksum. Ask for it again, or for a bundle file.',
  }),
  tooLong: (length: number, most: number): LinkProblem => ({
    kind: 'too-long',
    sentence: `This link has ${thousands(length)} characters; no more than ${thousands(most)} are read. Ask for a bundle file instead.`,
  }),
  tooLarge: (): LinkProblem => ({
    kind: 'too-large',
    sentence:
      'This link would unpack to more than 8 MB, which no link of ours does. It was not opened.',
  }),
  /** `place` is where in the content, such as `rules 1, text`. */
  content: (place: string): LinkProblem => ({
    kind: 'content',
    sentence: `What came is not a reproduction that Maxspan could open: ${place} is not as it should be.`,
  }),
  noZip: (): LinkProblem => ({
    kind: 'damaged',
    sentence:
      'This bundle is cut off or damaged: its list of files cannot be read. Ask for it again.',
  }),
  noManifest: (): LinkProblem => ({
    kind: 'foreign',
    sentence: 'This zip archive holds no maxspan.json, so it is no bundle of Maxspan.',
  }),
  missing: (path: string): LinkProblem => ({
    kind: 'cut',
    sentence: `This bundle lacks its file “${path}”. Ask for it again.`,
  }),
  broken: (path: string): LinkProblem => ({
    kind: 'damaged',
    sentence: `The file “${path}” of this bundle is damaged. Ask for the bundle again.`,
  }),
  newerBundle: (): LinkProblem => ({
    kind: 'newer',
    sentence:
      'This bundle was made by a newer Maxspan than this one. Reload this page to get the newest version.',
  }),
  tooLargeBundle: (): LinkProblem => ({
    kind: 'too-large',
    sentence:
      'This bundle would unpack to more than 512 MB or 10,000 files. Open its events as files of their own instead.',
  }),
}
