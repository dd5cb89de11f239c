/** Ms since some moment; whoever knows them may have to be asked. */
type Clock = () => number | Promise<number>

let clock: Clock = () => performance.now()

/** What long times are taken with; the wall clock unless told otherwise. */
export const now = async (): Promise<number> => clock()

export const setClock = (other: Clock): void => {
  clock = other
}
