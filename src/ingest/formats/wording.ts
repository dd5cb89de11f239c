/** What is to be said of tables, which lose something, and of lines of the audit log. */

export const csvText = {
  isLossy: () =>
    'CSV is lossy: Kibana writes numbers and times as it shows them, joins arrays with commas, and shows nothing where a value is “-”. Fields of ECS were put back as far as their types tell how. Export as NDJSON, or copy the response of the search, to have events as they are.',
  noSuchZone: (zone: string) =>
    `There is no time zone of the name “${zone}”: times were read as UTC.`,
  source: () => 'The column _source holds no JSON object.',
  unclosed: () => 'A quote is not closed before the end of the file.',
  cells: (found: number, columns: number) =>
    `The row has ${found} ${found === 1 ? 'cell' : 'cells'}, the header names ${columns} columns.`,
}

export const auditText = {
  notALine: (text: string) =>
    /audit\(\d\d?\//.test(text)
      ? 'ausearch has put names and dates for numbers: print the lines as they are, with ausearch --raw.'
      : 'This is no line of the audit log: type=… msg=audit(time:number): …',
}
