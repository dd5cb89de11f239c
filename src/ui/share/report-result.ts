import { html, type Markup } from '../../share/markup'
import { visibleText } from '../frame/visible-text'
import { printLine } from '../result/print-value'
import { isEvent } from '../result/timeline-range'
import { printDateTime, printGap } from '../result/time-text'
import { CAUSE_NAMES } from '../result/wording'
import { drawTimeline } from './report-timeline'
import { labelOfStep, sayResult } from './tell-step'
import type { Told, ToldClause, ToldResult, ToldStep } from './told-results'
import { REPORT, VERDICTS } from './wording'

/** One match or near miss: what became of each step, when, and why. */
export function tellOneResult(result: ToldResult, told: Told, id: string): Markup {
  const { miss, steps } = result
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${sayResult(result)}</h2>
    ${miss ? html`<p><span class="failed">≈ ${CAUSE_NAMES[miss.cause]}</span> ${visibleText(miss.sentence)}</p>` : undefined}
    <div class="scroll" tabindex="0" role="region" aria-label="${REPORT.verdicts}">
      <table>
        <caption>
          ${REPORT.verdicts}
        </caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Asks</th>
            <th scope="col">Verdict</th>
            <th scope="col">Event</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(tellStep)}
        </tbody>
      </table>
    </div>
    ${told.kind === 'events' ? undefined : drawTimeline(result, told, id)}
    ${told.kind === 'events' ? undefined : tellTimes(result)}
    <h3>Why</h3>
    ${steps.map((step) => tellWhy(step, result))}
  </section>`
}

const classOf = ({ verdict }: ToldStep): string =>
  verdict === 'nothing found' ? 'nothing' : verdict

const tellStep = (step: ToldStep): Markup =>
  html`<tr>
    <th scope="row">${step.step}</th>
    <td><code>${printLine(step.asks.replace(/\s+/g, ' '))}</code></td>
    <td class="${classOf(step)}">${VERDICTS[step.verdict]}</td>
    <td class="event">
      ${step.events.map((event) => html`<a href="#event-${event.row + 1}">${labelOfStep(event)}</a> `)}
    </td>
  </tr>`

/** What the drawing shows, as a table. */
function tellTimes({ line }: ToldResult): Markup {
  const times = line.map((each) => (isEvent(each) ? each.time : undefined))
  const start = times.find((time) => time !== undefined) ?? NaN
  const gapAt = (place: number): string => {
    const time = times[place]
    const before = times.slice(0, place).findLast((other) => other !== undefined)
    return time === undefined || before === undefined ? '' : printGap(time - before)
  }
  return html`<table>
    <caption>
      ${REPORT.times}
    </caption>
    <thead>
      <tr>
        <th scope="col">Step</th>
        <th scope="col">Time (UTC)</th>
        <th scope="col">Gap</th>
        <th scope="col">From first</th>
        <th scope="col">Category</th>
      </tr>
    </thead>
    <tbody>
      ${line.map((each, place) =>
        'row' in each
          ? html`<tr>
              <th scope="row">${each.step}</th>
              <td class="mono">${printDateTime(each.time)}</td>
              <td>${gapAt(place)}</td>
              <td>${Number.isFinite(each.time) ? printGap(each.time - start) : ''}</td>
              <td>${printLine(each.category)}</td>
            </tr>`
          : html`<tr>
              <th scope="row">${each.step}</th>
              <td colspan="4" class="quiet">${REPORT.noEvent}</td>
            </tr>`,
      )}
    </tbody>
  </table>`
}

/** The clauses and values that decided about a step, or that nothing was there to judge. */
function tellWhy(step: ToldStep, { miss }: ToldResult): Markup {
  const { verdict, clauses } = step
  const said =
    verdict === 'failed' && miss
      ? visibleText(miss.sentence)
      : verdict === 'nothing found'
        ? REPORT.nothingFound
        : verdict === 'missing'
          ? REPORT.noEvent
          : undefined
  return html`<h4 class="${classOf(step)}">Step ${step.step}: ${VERDICTS[verdict]}</h4>
    ${said === undefined ? undefined : html`<p>${said}</p>`}
    ${
      clauses.length > 0
        ? html`<ul>
            ${clauses.map(tellClause)}
          </ul>`
        : undefined
    }`
}

const tellClause = ({ text, truth, values, notes }: ToldClause): Markup =>
  html`<li>
    <code>${printLine(text.replace(/\s+/g, ' '))}</code> is
    <strong>${String(truth)}</strong>${values.map(
      ({ field, text: value }) =>
        html`; <code>${printLine(field)}</code> = <code>${printLine(value)}</code>`,
    )}${notes.map((note) => html`<br /><span class="quiet">${visibleText(note)}</span>`)}
  </li>`
