/** The search as a whole fails (language.md 3.10, 8.3). */
export class PlainFailure extends Error {}
