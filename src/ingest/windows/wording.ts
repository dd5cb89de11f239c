/** All sentences about records of Windows that cannot be used. */
export const windowsText = {
  notXml: () => 'The event is not well-formed XML.',
  cutOff: () => 'The event is cut off: </Event> is missing.',
  tooLong: (limit: number) =>
    `The event is longer than ${Math.round(limit / 1024 / 1024)} MB and was skipped.`,
  unnamedValues: () =>
    'Get-WinEvent gives the values of this event without their names. Export it as XML ($_.ToXml()), or open the EVTX file.',
} as const
