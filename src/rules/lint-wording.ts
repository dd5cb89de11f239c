/** What a finding about a rule's metadata says, and what to do about it. */
export interface LintSentences {
  readonly message: string
  readonly remedy?: string
}

/** Every sentence about metadata, by the code of the finding. */
export const lintWording = {
  'gap-between-runs': (lookBack = '', interval = '') => ({
    message: `Each run looks back ${lookBack}, but runs are ${interval} apart: events in between are never looked at.`,
    remedy: 'Let "from" reach back further than the interval.',
  }),
  'no-overlap': (lookBack = '', interval = '') => ({
    message: `Each run looks back ${lookBack}, and runs are ${interval} apart: an event that comes late is never looked at.`,
    remedy: 'Let "from" reach back some minutes more than the interval.',
  }),
  'span-over-look-back': (span = '', lookBack = '', needed = '') => ({
    message: `A sequence may take ${span}, but each run looks back ${lookBack} only: the longest are never found.`,
    remedy: `With this interval and maxspan, "from" should be at least now-${needed}.`,
  }),
  'span-over-overlap': (span = '', lookBack = '', needed = '', chance = '') => ({
    message: `A sequence that takes all of its ${span} falls between two runs in ${chance} of cases: each looks back ${lookBack}.`,
    remedy: `With this interval and maxspan, "from" should be at least now-${needed}.`,
  }),
  'missing-over-window': (span = '', lookBack = '', needed = '') => ({
    message: `Whether an event is missing for ${span} cannot be told near the edges of a window of ${lookBack}.`,
    remedy: `With this interval and maxspan, "from" should be at least now-${needed}.`,
  }),
  'odd-schedule': (written = '') => ({
    message: `This schedule has no fixed length, so it was not checked: ${written}.`,
  }),
  'no-maxspan': () => ({
    message:
      'The sequence has no maxspan: only the window of a run limits how far apart its events may be.',
    remedy: 'Add "with maxspan=…" that fits into the look-back.',
  }),
  'no-join-key': () => ({
    message:
      'The sequence has no join key: events of different hosts and users make matches together.',
    remedy: 'Add "by host.id", or another field that its events have in common.',
  }),
  'no-override': () => ({
    message:
      'The rule looks at single events by their own time: those that come in late can be missed.',
    remedy: 'Add timestamp_override = "event.ingested".',
  }),
  'idle-override': () => ({
    message: 'A timestamp override of @timestamp changes nothing.',
  }),
  'busy-building-block': () => ({
    message:
      'Building blocks usually run once an hour and look back 119 minutes, for there are many.',
    remedy: 'Use interval = "60m" and from = "now-119m".',
  }),
  'busy-sequence': (interval = '', span = '') => ({
    message: `The rule runs every ${interval}, more than twice in the ${span} that a sequence may take: most of each run is spent on what the one before has seen.`,
    remedy: 'Let it run less often, and look back as much further.',
  }),
  'odd-severity': (severity = '') => ({
    message: `"${severity}" is no severity.`,
    remedy: 'It is one of low, medium, high and critical.',
  }),
  'odd-risk-score': (score = '') => ({
    message: `A risk score is a whole number from 0 to 100, and not ${score}.`,
  }),
  'many-groups': (count = '') => ({
    message: `Alerts are joined by ${count} fields; before stack 9.2 three are the most.`,
  }),
  'index-and-view': () => ({
    message: 'The rule names both index patterns and a data view, and can have only one.',
    remedy: 'Take one of the two away.',
  }),
  'unfilled-placeholder': (placeholder = '', plugin = '', entries = '') => ({
    message: `The guide has ${placeholder}, but the entries under [[transform.${plugin}]] are ${entries}, counted from 0.`,
  }),
  'idle-block': (placeholder = '') => ({
    message: `This block is shown nowhere: the guide has no ${placeholder}.`,
  }),
  'no-stack-comment': () => ({
    message: 'The file names a least version of the stack, and not why.',
    remedy: 'Say it in min_stack_comments.',
  }),
  'risk-outside-band': (score = '', severity = '', band = '') => ({
    message: `A risk score of ${score} does not fit the severity ${severity}, which goes with ${band}.`,
  }),
  'many-signals': (count = '') => ({
    message: `${count} alerts in one run are more than Kibana makes: it stops at 1,000 unless it is configured otherwise.`,
  }),
  'odd-attack-id': (id = '') => ({
    message: `"${id}" is not an ATT&CK id of this kind.`,
    remedy: 'Tactics are written TA0001, techniques T1053, sub-techniques T1053.005.',
  }),
  'attack-url-differs': (id = '', reference = '', wanted = '') => ({
    message: `The reference of ${id} leads elsewhere: ${reference || 'it is empty'}.`,
    remedy: `It should be ${wanted}`,
  }),
  'foreign-subtechnique': (id = '', technique = '') => ({
    message: `${id} is not a sub-technique of ${technique}.`,
  }),
  'tactic-of-other-name': (name = '', other = '', id = '') => ({
    message: `${name} is the tactic ${other}, and not ${id}.`,
  }),
  'no-tags': () => ({ message: 'The rule has no tags.' }),
  'tag-twice': (tag = '') => ({ message: `The tag "${tag}" is there twice.` }),
  'tactic-not-tagged': (tactic = '') => ({
    message: `The tactic ${tactic} comes first, but is not among the tags.`,
    remedy: `Add "Tactic: ${tactic}".`,
  }),
  'missing-key': (key = '') => ({
    message: `The rule has no ${key}, which Kibana asks for on import.`,
  }),
  'no-licence': () => ({ message: 'The rule names no licence.' }),
  'odd-date': (date = '') => ({
    message: `"${date}" is not a date in the form 2024/10/15.`,
  }),
  'updated-before-made': () => ({
    message: 'The rule was updated before it was made, if its dates are right.',
  }),
} satisfies Readonly<Record<string, (...values: string[]) => LintSentences>>

export type LintCode = keyof typeof lintWording
