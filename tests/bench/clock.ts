/** Ms since some moment. */
type Clock = () => number

let clock: Clock = () => performance.now()

/** What long times are taken with; the wall clock unless told otherwise. */
export const now = (): number => clock()

export const setClock = (other: Clock): void => {
  clock = other
}
