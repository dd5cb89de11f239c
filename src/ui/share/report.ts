import type { Paragraph } from '../../explain/in-words'
import { html, styleSheet, type Content, type Markup } from '../../share/markup'
import { visibleLines, visibleText } from '../frame/visible-text'
import { labelOf, readEvents, titleOf, type Evidence } from './evidence'
import { tellOneResult } from './report-result'
import { REPORT_STYLE } from './report-style'
import type { LeavingEvent } from './what-leaves'
import { REPORT, sayCounts, sayOthers, sayWhatMadeIt } from './wording'

/** So many events are listed; more are a file. */
const MOST_EVENTS = 200

/**
 * A page complete in itself that shows a result to someone without Maxspan: no script, no
 * request, one sheet. All texts are put in as texts (share/markup). `words` is the rule in
 * words, if it can be told.
 */
export async function printReport(
  evidence: Evidence,
  words: readonly Paragraph[],
): Promise<string> {
  const { sealed } = evidence
  const { told } = sealed
  const { note, engine } = sealed.reproduction
  const title = visibleText(titleOf(evidence))
  const policy = await policyOf(REPORT_STYLE)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styleSheet(REPORT_STYLE)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${note ? html`<p class="note">${visibleLines(note)}</p>` : undefined}
          <p class="verdict">${sayVerdict(evidence)}</p>
          ${witnessLink(evidence)}
        </header>
        <main>
          ${tellRule(evidence, words)}
          ${told?.results.map((result, at) => tellOneResult(result, told, `result-${at + 1}`))}
          ${told && told.others > 0 ? html`<p>${sayOthers(told.others)}</p>` : undefined}
          ${tellEvents(evidence)}
        </main>
        <footer>
          ${told && html`<p>${sayWhatMadeIt(engine)}</p>`}
          <p>${REPORT.warning}</p>
        </footer>
      </body>
    </html> `
  return page.toString()
}

const sayVerdict = ({ sealed: { told, matches, nearMisses } }: Evidence): string =>
  told ? `${REPORT.gives} ${sayCounts(matches, nearMisses)}.` : REPORT.doesNotRun

/** What is in force: nothing is fetched, nothing runs, and only this sheet applies. */
async function policyOf(style: string): Promise<string> {
  const bytes = new TextEncoder().encode(style)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const base64 = btoa(String.fromCharCode(...hash))
  return `default-src 'none'; style-src 'sha256-${base64}'; base-uri 'none'; form-action 'none'`
}

function witnessLink({ address }: Evidence): Markup | undefined {
  if (address === undefined) return undefined
  return html`<p>
    <a href="${address}" rel="noreferrer noopener">${REPORT.open}</a>
    <span class="quiet">${REPORT.link}</span>
  </p>`
}

function tellRule({ rule }: Evidence, words: readonly Paragraph[]): Markup {
  const { severity, riskScore, ruleId, version, description, index } = rule.rule
  const facts: readonly (readonly [string, Content])[] = [
    ['Name', visibleText(rule.name)],
    ['Severity', severity],
    ['Risk score', riskScore],
    ['Rule id', ruleId && visibleText(ruleId)],
    ['Version', version],
    ['Indices', visibleText(index.join(', ')) || undefined],
  ]
  return html`<section aria-labelledby="rule">
    <h2 id="rule">Rule</h2>
    <dl class="facts">
      ${facts.map(([name, value]) =>
        value === undefined
          ? undefined
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>
    ${description ? html`<p class="note">${visibleLines(description)}</p>` : undefined}
    <pre tabindex="0" aria-label="Query">${visibleLines(rule.text)}</pre>
    ${
      words.length > 0
        ? html`<h3>In words</h3>
            <ul>
              ${words.map(({ phrases }) => html`<li>${visibleText(phrases.map(({ text }) => text).join(''))}</li>`)}
            </ul>`
        : undefined
    }
  </section>`
}

function tellEvents({ sealed }: Evidence): Markup {
  const { list, count } = readEvents(sealed, MOST_EVENTS)
  return html`<section class="events" aria-labelledby="events">
    <h2 id="events">Events</h2>
    ${list.map(tellEvent)}
    ${count > list.length ? html`<p>${sayOthers(count - list.length)}</p>` : undefined}
  </section>`
}

const tellEvent = (event: LeavingEvent): Markup =>
  html`<table>
    <caption id="event-${event.row + 1}">
      ${visibleText(labelOf(event))}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="field">Field</th>
        <th scope="col">
          Value<span class="paper"> of ${visibleText(labelOf(event))}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      ${event.fields
        .filter(({ name }) => name !== '_id')
        .map(
          ({ name, value }) =>
            html`<tr>
              <th scope="row" class="field mono">${visibleText(name)}</th>
              <td class="mono">${visibleText(value)}</td>
            </tr>`,
        )}
    </tbody>
  </table>`
