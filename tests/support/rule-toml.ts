/** A tactic of ATT&CK, as rule files have it. */
export const tacticToml = (id: string, name: string, comment = ''): string =>
  `[[rule.threat]]${comment}
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "${id}"
name = "${name}"
reference = "https://attack.mitre.org/tactics/${id}/"
`

/** A technique of the tactic before, or with a dot in its id a subtechnique. */
export const techniqueToml = (id: string, name: string): string =>
  `[[rule.threat.technique${id.includes('.') ? '.subtechnique' : ''}]]
id = "${id}"
name = "${name}"
reference = "https://attack.mitre.org/techniques/${id.replace('.', '/')}/"
`

/** A list of one exception; `of` says in a line which rules it is for. */
export const exceptionsToml = (of = ''): string => `[metadata]
list_name = "Known good"
${of}
[[exceptions]]
[exceptions.container]
list_id = "l1"
name = "Known good"
type = "detection"
[[exceptions.items]]
item_id = "i1"
name = "Scanner"
type = "simple"
entries = [{ field = "user.name", operator = "included", type = "match", value = "x" }]
`
