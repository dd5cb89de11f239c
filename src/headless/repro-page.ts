import { createHash } from 'node:crypto'
import { engineVersion } from '../language/known-differences'
import { html, styleSheet, type Markup } from '../share/markup'
import { PICTURE } from './picture'
import type { RuleVerdict, SharedVerdict, ShownResult } from './shared-verdict'

/** Where a reproduction lies below the page: `2026/okta-push`. */
export interface PagePlace {
  readonly path: string
  /** Where the whole site is served, for chats that show pictures of whole addresses alone. */
  readonly site?: string | undefined
}

/**
 * A page that says, without a script, what a bundle holds and comes to: chats read its
 * head, and people its table. It leads to the bundle in Maxspan.
 */
export function printReproPage(verdict: SharedVerdict, place: PagePlace): string {
  const title = visible(verdict.title)
  const about = visible(describe(verdict))
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Maxspan</title>
        <link rel="icon" href="${rootOf(place)}icon.svg" type="image/svg+xml" />
        <meta name="description" content="${about}" />
        <meta property="og:type" content="article" />
        <meta property="og:site_name" content="Maxspan" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${about}" />
        ${place.site === undefined ? undefined : html`<meta property="og:url" content="${place.site}r/${place.path}/" />`}
        <meta property="og:image" content="${pictureOf(place)}" />
        <meta property="og:image:type" content="image/png" />
        <meta property="og:image:width" content="${PICTURE.width}" />
        <meta property="og:image:height" content="${PICTURE.height}" />
        <meta property="og:image:alt" content="${ALT}" />
        <meta name="twitter:card" content="summary_large_image" />
        ${styleSheet(STYLE)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${about}</p>
          ${verdict.note && html`<p class="note">${visible(verdict.note)}</p>`}
          <p>
            <a class="open" href="${rootOf(place)}#repro=${place.path}"
              >Open in Maxspan</a
            >
          </p>
          <img
            src="picture.png"
            width="${PICTURE.width}"
            height="${PICTURE.height}"
            alt="${ALT}"
          />
          ${tellShown(verdict)} ${tellRules(verdict)}
        </main>
        <footer>
          <p>
            Judged by release ${engineVersion} of Maxspan’s engine. Opening it sends
            nothing anywhere.
          </p>
        </footer>
      </body>
    </html> `
  return page.toString()
}

const ALT = 'The steps in the order of time'

/** From the page of a reproduction to that of Maxspan. */
const rootOf = ({ path }: PagePlace): string => '../'.repeat(path.split('/').length + 1)

/** Few chats find a picture by a relative address. */
const pictureOf = ({ path, site }: PagePlace): string =>
  site === undefined ? 'picture.png' : `${site}r/${path}/picture.png`

const several = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

const sayCounts = ({ counts }: Pick<RuleVerdict, 'counts'>): string =>
  counts
    ? `${several(counts.matches, 'match', 'matches')}, ${several(counts.nearMisses, 'near miss', 'near misses')}`
    : 'it does not run'

/** `One rule over 4 events: 1 match, 2 near misses. Step 2 came 3 s after the 5 s limit.` */
export function describe({ rules, first, events, shown }: SharedVerdict): string {
  const rule = rules[first]
  const whole = `${several(rules.length, 'rule')} over ${several(events, 'event')}`
  const counts = rule
    ? `: ${sayCounts(rule)}${rules.length > 1 ? ` of ${rule.name}` : ''}`
    : ''
  return `${whole}${counts}.${shown?.sentence ? ` ${shown.sentence}` : ''}`
}

function tellShown({ shown, rules, first }: SharedVerdict): Markup | undefined {
  const rule = rules[first]
  if (!rule) return undefined
  return html`<section>
    <h2>${visible(rule.name)}</h2>
    <pre>${visible(rule.query)}</pre>
    ${shown && tellSteps(shown)}
  </section>`
}

const tellSteps = ({ kind, sentence, steps }: ShownResult): Markup =>
  html`<table>
    <caption>
      ${kind === 'match' ? 'A match, step by step' : 'A near miss, step by step'}
      ${sentence && html`<span class="why">${visible(sentence)}</span>`}
    </caption>
    <thead>
      <tr>
        <th scope="col">Step</th>
        <th scope="col">Asks</th>
        <th scope="col">Verdict</th>
        <th scope="col">Events</th>
      </tr>
    </thead>
    <tbody>
      ${steps.map(
        ({ step, asks, verdict, events }) =>
          html`<tr>
            <th scope="row">${step}</th>
            <td><code>${visible(asks)}</code></td>
            <td class="${verdict === 'failed' ? 'failed' : 'fine'}">${verdict}</td>
            <td>
              ${events.map(
                ({ eventId, time, fields }) =>
                  html`<div>
                    <b>${visible(eventId)}</b> ${printTime(time)}
                    ${fields.map(({ name, value }) => html`<code>${visible(`${name} ${value}`)}</code> `)}
                  </div>`,
              )}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`

const tellRules = ({ rules }: SharedVerdict): Markup | undefined =>
  rules.length < 2
    ? undefined
    : html`<section>
        <h2>All rules</h2>
        <ul>
          ${rules.map((rule) => html`<li>${visible(rule.name)}: ${sayCounts(rule)}</li>`)}
        </ul>
      </section>`

/** Far years have a sign and six digits. */
const printTime = (ms: number): string =>
  Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : ''

/** Signs one cannot see, which turn or hide what stands beside them, are seen. */
const visible = (text: string): string =>
  text.replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD')

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.125rem; }
img { width: 100%; max-width: 36rem; height: auto; border-radius: 8px; }
pre, code { font: 0.8125rem/1.5 ui-monospace, monospace; }
pre { padding: 0.75rem; border: 1px solid #868f9b; border-radius: 6px; white-space: pre-wrap; }
.note { white-space: pre-line; }
.open { display: inline-block; padding: 0.5rem 1rem; border-radius: 6px; background: #0a58ca; color: #fff; font-weight: 600; text-decoration: none; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
caption { padding: 0.25rem 0; text-align: start; font-weight: 600; }
.why { display: block; font-weight: 400; }
th, td { padding: 0.375rem 0.5rem 0.375rem 0; border-bottom: 1px solid #868f9b; text-align: start; vertical-align: top; }
th, .fine, .failed { overflow-wrap: normal; }
.fine { color: light-dark(#146c3a, #5fd08f); font-weight: 600; }
.failed { color: light-dark(#8a4b00, #f0b35a); font-weight: 600; }
footer { color: light-dark(#565e68, #a0abb8); font-size: 0.875rem; }
`
/** Nothing runs, nothing is sent, and only this sheet and the picture beside it are used. */
const policy = `default-src 'none'; img-src 'self'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`
