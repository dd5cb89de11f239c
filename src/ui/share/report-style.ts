import page from '../../app.css?raw'

/** The page's own colours and sizes: the first block of its sheet. */
const TOKENS = page.slice(page.indexOf(':root'), page.indexOf('}') + 1)

/** The one sheet of a report. Its hash stands in the report's policy. */
export const REPORT_STYLE = `${TOKENS}
@media print { :root { color-scheme: light; } }
* { box-sizing: border-box; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; background: var(--surface); color: var(--text); font: 0.9375rem/1.5 var(--font); overflow-wrap: anywhere; }
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--border); font-size: 1.125rem; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.875rem; }
h3 { margin: 1.25rem 0 0.25rem; font-size: 0.9375rem; }
p, ul, dl { margin: 0.375rem 0; }
ul { padding-inline-start: 1.25rem; }
a { color: var(--accent); }
pre, code, .mono { font-family: var(--mono); font-size: 0.8125rem; font-variant-ligatures: none; }
pre { margin: 0.5rem 0; padding: 0.75rem; border: 1px solid var(--border); border-radius: 6px; background: var(--raised); white-space: pre-wrap; }
.note { white-space: pre-line; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.facts div { display: flex; gap: 0.375rem; }
dt { flex: none; }
dt, .quiet { color: var(--muted); }
dd { margin: 0; }
.verdict { font-weight: 600; }
.satisfied, .missing { color: var(--match); font-weight: 600; white-space: nowrap; }
.failed { color: var(--near); font-weight: 600; white-space: nowrap; }
.nothing { color: var(--muted); white-space: nowrap; }
table { width: 100%; margin: 0.5rem 0; border-collapse: collapse; font-size: 0.8125rem; }
caption { padding: 0.25rem 0; text-align: start; font-weight: 600; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid var(--border); text-align: start; vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; }
td.event { min-width: 8rem; }
.paper { display: none; }
.field { width: 16rem; color: var(--muted); }
.scroll { overflow-x: auto; }
.scroll table { min-width: 34rem; }
.timeline { margin: 0.75rem 0; overflow-x: auto; }
figcaption { color: var(--muted); font-size: 0.8125rem; }
svg { display: block; font-size: 11px; font-variant-numeric: tabular-nums; }
svg text { fill: var(--text); }
svg .quiet { fill: var(--muted); }
svg .number { font-weight: 600; }
svg .label { font-family: var(--mono); white-space: pre; paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }
.tick { stroke: var(--border); }
.axis, .ends { stroke: var(--border-strong); fill: none; }
.rest { stroke: var(--border-strong); stroke-width: 2; stroke-dasharray: 2 3; }
.rest.over { stroke: var(--near); }
.used { stroke: var(--match); stroke-width: 4; }
.limit { stroke: var(--border-strong); stroke-dasharray: 4 3; }
.beyond { fill: var(--near-soft); }
.link { fill: none; stroke: var(--border-strong); stroke-width: 1.5; }
.link.failed { stroke: var(--near); stroke-dasharray: 4 3; }
.window { fill: none; stroke-width: 1.5; stroke-dasharray: 4 3; }
.cut { fill: none; stroke: var(--no); stroke-width: 1.5; }
.fail { fill: none; stroke: var(--near); stroke-width: 1.5; stroke-dasharray: 3 2; }
footer { margin-top: 2rem; padding-top: 0.75rem; border-top: 1px solid var(--border); color: var(--muted); font-size: 0.8125rem; }
@media (max-width: 40rem) { .field { width: 9rem; } }
@page { margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  h2 { margin-top: 1.25rem; }
  p, li, tr, pre, figure, table, footer { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  table:has(tbody tr:nth-child(30)), .scroll table { break-inside: auto; }
  .events th, .events td { padding-block: 0.125rem; }
  footer { break-before: avoid; margin-top: 1rem; }
  .timeline, .scroll { overflow: visible; }
  svg { max-width: 100%; height: auto; }
  .scroll table { min-width: 0; }
  .field { width: 18rem; }
  .paper { display: inline; }
  dt, .quiet, .field, thead th, figcaption { color: var(--text); }
}
`
