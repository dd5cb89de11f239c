/** The first part of a machine's name, in small letters: it has that in every spelling. */
export function hostIdOf(computer: string): string {
  if (computer === lastComputer) return lastId
  const at = computer.indexOf('.')
  lastComputer = computer
  lastId = (at > 0 ? computer.slice(0, at) : computer).toLowerCase()
  return lastId
}

let lastComputer = ''
let lastId = ''
