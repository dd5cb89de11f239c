/** What is to be said of formats that lose something, and of those that are not read. */

export const cloudText = {
  remedy: (integration: string) =>
    `Elastic’s rules for it are about what the ${integration} integration of Elastic Agent makes of it: have that read it, and export the events from Kibana as NDJSON.`,
}
