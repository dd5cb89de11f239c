import { recordsOf, type JsonRecord } from './record'

/**
 * The guide with its placeholders filled in: `$osquery_0` becomes the first entry of
 * `[[transform.osquery]]` in the plugin's own notation (rules.md 1.1, 4.3). A placeholder
 * without an entry stays.
 */
export function applyTransform(
  note: string | undefined,
  transform: JsonRecord | undefined,
): string | undefined {
  if (note === undefined || !transform) return note
  return note.replaceAll(/\$(osquery|investigate)_(\d+)/g, (whole, plugin, index) => {
    const entry = recordsOf(transform[String(plugin)])[Number(index)]
    return entry ? `!{${String(plugin)}${JSON.stringify(entry)}}` : whole
  })
}
