import { writeAddress } from './address.ts';
import { patterns } from './charts/patterns.ts';
import { COLORS } from './colors.ts';
import { longDay } from './dates.ts';
import { html, type Markup, raw } from './html.ts';
import { dollars } from './numbers.ts';
import type { FilterName } from './panel-info.ts';
import { budgets } from './panels/budgets.ts';
import { cache } from './panels/cache.ts';
import { cloud } from './panels/cloud.ts';
import { contracts } from './panels/contracts.ts';
import { coverage } from './panels/coverage.ts';
import { headline } from './panels/headline.ts';
import { incidents } from './panels/incidents.ts';
import { mix } from './panels/mix.ts';
import { seats } from './panels/seats.ts';
import { sources } from './panels/sources.ts';
import { spend } from './panels/spend.ts';
import { teams } from './panels/teams.ts';
import { unassigned } from './panels/unassigned.ts';
import { unit } from './panels/unit.ts';
import { PANELS, type PanelId } from './panels.ts';
import { periodIds, periodOf } from './period.ts';
import { name, scopeWords, type View } from './view.ts';

const DRAWN: Readonly<Record<PanelId, (view: View, csv: string) => Markup>> = {
  headline,
  spend,
  cloud,
  teams,
  budgets,
  contracts,
  seats,
  unit,
  mix,
  cache,
  incidents,
  unassigned,
  coverage,
  sources,
};

/** Seconds after which a page that something is still missing on looks again. */
const AGAIN = 3;

const GROUPS = ['Money', 'Value', 'Attention', 'Trust'] as const;

/** The whole page; equal figures give equal bytes. */
export function page(view: View): string {
  const { filters, lake } = view.data;
  const address = writeAddress(filters, lake);
  const rail = GROUPS.map(
    (group) =>
      html`<li><b>${group}</b></li>${PANELS.filter((panel) => panel.group === group).map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}`,
  );
  const panels = PANELS.map(
    ({ id }, i) =>
      html`<section id="${id}" class="panel${i === 0 && ' first'}"${id === 'headline' ? html` aria-label="Summary"` : html` aria-labelledby="${id}-title"`}>${DRAWN[id](view, `csv/${id}${address}`)}</section>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${view.data.stamp.asking && html`<meta http-equiv="refresh" content="${AGAIN}">`}
<title>Outlay · AI spend, ${filters.period.name}</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="report.css">
<script src="theme.js"></script>
<script src="report.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
${header(view)}
${filterForm(view)}
<div class="page">
<nav class="rail" aria-label="Sections"><ul>${rail}</ul></nav>
<main id="main" tabindex="-1">
<p class="print-only">${printed(view)}</p>
${panels}
<footer class="foot"><p><b>Words.</b> <i>Billed</i>: the vendor’s cost API said so. <i>Estimated</i>: usage of the day at that day’s list price, replaced when the bill comes. <i>Late</i>: nothing arrived; in no total. <i>Coverage</i>: share of the cost, and of the work, that certainly belongs together. Days are UTC. Money is ${lake.currency}, exact to ten decimals in the lake, shown to the cent.</p><p>Every figure: <code>npm run query -- daily_cost --from ${filters.period.from}</code></p></footer>
</main>
</div>
<div id="patterns">${raw(patterns(COLORS))}</div>
</body>
</html>
`.markup;
}

function header({ data: { lake, stamp, sources } }: View): Markup {
  const late = sources.filter(({ state }) => state !== 'on_time').length;
  const collected = stamp.collected_at.slice(0, 10);
  return html`<header class="top"><p class="brand"><svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M1 16V9h4v7zM7 16V2h4v14z" class="b1"/><path d="M13 16V6h4v10z" class="b2"/></svg><b>Outlay</b><span>${stamp.company}${stamp.made_up && html` <i>made-up company</i>`}</span></p><p class="asof">Data to <time datetime="${lake.end}">${longDay(lake.end)} ${lake.end.slice(0, 4)}</time><span class="wide"> · collected <time datetime="${stamp.collected_at}">${longDay(collected)}, ${stamp.collected_at.slice(11, 16)} UTC</time></span> <a class="pill ${late > 0 ? 'warn' : 'fine'}" href="#sources">${late === 0 ? 'all sources on time' : `${late} ${late === 1 ? 'source' : 'sources'} late`}</a></p><p class="tools"><button id="theme" type="button" hidden><svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M7 1a6 6 0 0 1 0 12z" fill="currentColor"/></svg><span>Theme</span></button><button id="print" type="button" hidden>Print</button></p></header>`;
}

interface Choice {
  readonly value: string;
  readonly words: string;
}

const chooser = (
  id: FilterName,
  title: string,
  value: string,
  isDefault: boolean,
  choices: readonly Choice[],
): Markup =>
  html`<label>${title} <select name="${id}" id="filter-${id}"${!isDefault && html` class="set"`}>${choices.map(
    (one) => html`<option value="${one.value}"${one.value === value && html` selected`}>${one.words}</option>`,
  )}</select></label>`;

function filterForm(view: View): Markup {
  const { filters, lake } = view.data;
  const ids = periodIds(lake);
  const own = ids.includes(filters.period.id) ? [] : [filters.period.id];
  const periods = [...ids, ...own].map((value) => ({ value, words: periodOf(value, lake)?.name ?? value }));
  const all = (words: string, values: readonly string[], nameOf: (id: string) => string): Choice[] => [
    { value: '', words },
    ...values.map((value) => ({ value, words: nameOf(value) })),
  ];
  const models = [
    ...new Set(
      lake.models
        .filter(({ provider }) => filters.vendor === null || provider === filters.vendor)
        .map(({ model }) => model),
    ),
  ];
  const isFiltered =
    filters.period.id !== ids[0] || filters.team !== null || filters.vendor !== null || filters.model !== null;
  return html`<form class="filters" aria-label="Filters" id="filters" method="get" action="./">${chooser('period', 'Period', filters.period.id, filters.period.id === ids[0], periods)}${chooser(
    'team',
    'Team',
    filters.team ?? '',
    filters.team === null,
    all('All teams', lake.teams, (id) => name(view, 'team', id)),
  )}${chooser(
    'vendor',
    'Vendor',
    filters.vendor ?? '',
    filters.vendor === null,
    all('All vendors', lake.vendors, (id) => name(view, 'provider', id)),
  )}${chooser(
    'model',
    'Model',
    filters.model ?? '',
    filters.model === null,
    all('All models', models, (id) => id),
  )}${filters.by !== 'vendor' && html`<input type="hidden" name="by" value="${filters.by}">`}<button type="submit" id="apply">Apply</button>${isFiltered && html`<a class="button" id="reset" href="./" data-key="reset">Clear filters</a>`}<button type="button" id="copy" hidden>Copy link</button><output id="said" class="sr" aria-live="polite" data-words="${said(view)}"></output></form>`;
}

const said = (view: View): string => {
  const { filters, now, lake } = view.data;
  const scope = scopeWords(view);
  return `${filters.period.name}${scope === '' ? '' : `, ${scope}`}: ${dollars(now.total, lake.currency)}`;
};

function printed(view: View): string {
  const { filters, lake, stamp } = view.data;
  const scope = scopeWords(view);
  return `Outlay · ${stamp.company}${stamp.made_up ? ' (made-up company)' : ''} · ${filters.period.name} · ${scope === '' ? 'all teams, vendors and models' : scope} · data to ${lake.end}, collected ${stamp.collected_at.slice(0, 10)} ${stamp.collected_at.slice(11, 16)} UTC · ${lake.currency}, days in UTC`;
}
