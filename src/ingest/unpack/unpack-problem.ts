/** Ends the unpacking of a file. Its message is a sentence for people. */
export class UnpackProblem extends Error {
  override readonly name = 'UnpackProblem'
}
