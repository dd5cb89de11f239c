/**
 * JSON on one line, so that an answer is a line: events come as they stand in their file,
 * and some stand there over many. A line break in JSON is only ever blank space.
 */
export const onOneLine = (json: string): string => json.replace(/[\r\n]\s*/g, ' ')
