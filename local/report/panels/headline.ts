import { addDays, daysBetween, nextMonth } from '../../../shared/time.ts';
import { type Budget, budgetOf } from '../data/budgets.ts';
import { isLive } from '../data/incidents.ts';
import { dayCount, dayRange, monthName, shortDay, shortMonth } from '../dates.ts';
import { html, type Markup } from '../html.ts';
import { needs } from '../needs.ts';
import { cents, change, difference, dollars, percent, range, ratio, signOf, unitCost } from '../numbers.ts';
import { monthBefore, workingDays } from '../period.ts';
import {
  APPROXIMATELY,
  amount,
  basisBar,
  type Column,
  delta,
  isSome,
  picture,
  row,
  severityIcon,
  table,
  time,
  twin,
} from '../pieces.ts';
import { name, scopeWords, type View } from '../view.ts';
import { aiShareWords } from './cloud.ts';
import { headlineInfo } from './headline-info.ts';

/** The sentence, its figures, the running total and what needs somebody. */
export function headline(view: View, csv: string): Markup {
  const { now, filters, budgets } = view.data;
  if (!isSome(now.total) && now.people === 0) return html`${nothing(view)}${todo(view)}`;
  const budget = budgetOf(budgets, filters.team);
  const figure = html`<div>${running(view, budget)}<div class="below">${dayTable(view)}<a class="csv" href="${csv}" aria-label="Summary as CSV" download>CSV</a></div></div>`;
  return html`<h1>${sentence(view, budget)}</h1><p class="because">${because(view)}</p>${tiles(view, budget)}<div class="lead">${figure}${todo(view)}</div>`;
}

function nothing(view: View): Markup {
  const { filters, before, late, lake } = view.data;
  const why =
    late.length > 0
      ? `${late.map(({ provider }) => name(view, 'provider', provider)).join(', ')} has not answered for all of these days: this may be a gap and not a zero.`
      : 'Every source that could report it answered for every day, so this is a zero and not a gap.';
  return html`<h1>No spend: ${scopeWords(view) || 'AI spend'}, ${filters.period.name}.</h1><p class="because">${why}${before !== null && ` It was ${cents(before.total, lake.currency)} in ${filters.period.before?.name}.`}</p>`;
}

function sentence(view: View, budget: Budget | null): Markup {
  const { now, lake, filters } = view.data;
  const share = budget?.share ?? null;
  const held =
    share === null
      ? '.'
      : share > 1
        ? html`, <b class="bad">${percent(share - 1, 1)} over budget</b>.`
        : html`, <b>${percent(share)} of budget</b>.`;
  return html`${scopeWords(view) || 'AI spend'} came to <b>${isSome(now.estimated) && '≈ '}${dollars(now.total, lake.currency)}</b> ${filters.period.inside}${held}`;
}

function because(view: View): string {
  const { now, before, filters, lake, incidents, late, stamp } = view.data;
  const live = incidents.rows.filter(isLive).length;
  const moved =
    before !== null && filters.period.before !== null
      ? `${Number(before.total) <= Number(now.total) ? 'Up' : 'Down'} ${dollars(difference(now.total, before.total).replace('-', ''), lake.currency)} on ${filters.period.before.name}`
      : late.length > 0
        ? 'Not compared: the source is late'
        : `Nothing to compare with: the lake begins on ${shortDay(lake.first)}`;
  const open = stamp.asking
    ? 'whether an incident is open is still being looked for'
    : live === 0
      ? 'no incident is open'
      : `${live === 1 ? 'one open incident is' : `${live} open incidents are`} ${dollars(incidents.liveExcess, lake.currency)} above normal`;
  const others = lake.others
    .map(({ currency, amount }) => ` ${cents(amount, currency)} in another currency is in no figure here.`)
    .join('');
  return `${moved}; ${open}.${aiShareWords(view)}${others}`;
}

const tile = (title: string, value: Markup | string, lines: readonly (Markup | string)[], kind = ''): Markup =>
  html`<div class="tile${kind}"><dt>${title}</dt><dd><strong>${value}</strong>${lines.map((line) => html`<span>${line}</span>`)}</dd></div>`;

function tiles(view: View, budget: Budget | null): Markup {
  const { now, late, lake, filters } = view.data;
  const money = (value: string): string => cents(value, lake.currency);
  const lateLines = late.map(
    (one) =>
      html`<i class="key late"></i>${one.expected === null ? 'unknown' : `≈${money(one.expected)}`} late, not counted: ${name(view, 'provider', one.provider)}`,
  );
  return html`<dl class="tiles">${tile(
    filters.period.open ? 'Spend so far' : 'Spend',
    html`${isSome(now.estimated) && APPROXIMATELY}${dollars(now.total, lake.currency)}`,
    [
      `${money(now.billed)} billed`,
      isSome(now.estimated) ? html`<i class="key estimated"></i>${money(now.estimated)} estimated` : 'all of it billed',
      ...lateLines,
    ],
  )}${against(view)}${budgetTile(view, budget)}${unitTile(view)}${tile(
    'Has an owner',
    percent(1 - (ratio(now.basis.unattributed, now.total) ?? 0), 1),
    [
      basisBar(now, 190),
      (['direct', 'derived', 'shared'] as const)
        .map((basis) => `${percent(ratio(now.basis[basis], now.total) ?? 0)} ${basis}`)
        .join(' · '),
    ],
    ' wide',
  )}</dl>`;
}

function against(view: View): Markup {
  const { now, before, filters, lake, late } = view.data;
  const { period } = filters;
  if (period.before === null) return tile('Against before', '–', [`the lake begins on ${shortDay(lake.first)}`]);
  if (before === null) return tile(`Against ${period.before.name}`, '–', ['not compared', 'the source is late']);
  const [was, is] = [workingDays(period.before), workingDays(period)];
  return tile(`Against ${period.before.name}`, delta(change(now.total, before.total), 'nothing then'), [
    `${cents(before.total, lake.currency)} then`,
    was === is ? `${is} working days in both` : `${is} working days, ${was} then`,
    ...view.data.partial.map(
      (one) => `${name(view, 'provider', one.provider)}: ${dayRange(one.from, lake.end)} not whole yet`,
    ),
    ...late.map((one) => `${name(view, 'provider', one.provider)} ${dayRange(one.from, one.to)}: not compared`),
  ]);
}

function budgetTile(view: View, budget: Budget | null): Markup {
  const { filters, lake } = view.data;
  const { period } = filters;
  if (period.month === null) return tile('Budget', '–', ['budgets hold for months']);
  if (filters.vendor !== null || filters.model !== null)
    return tile('Budget', '–', ['budgets hold for all vendors and models']);
  if (budget === null) return tile('Budget', '–', ['none set']);
  const length = daysBetween(period.from, nextMonth(period.month));
  const over = (daysBetween(period.from, period.to) + 1) / length;
  return tile(
    'Budget spent',
    budget.share > 1 ? html`<span class="bad">${percent(budget.share)}</span>` : percent(budget.share),
    [
      `${cents(budget.spent, lake.currency)} of ${dollars(budget.amount, lake.currency)}`,
      period.open ? `${percent(over)} of ${monthName(period.from)} is over` : 'the month is over',
    ],
  );
}

function unitTile(view: View): Markup {
  const { unit, lake } = view.data;
  const title = 'Per merged PR, 4 weeks';
  if (unit.all === null) return tile(title, '–', ['no merged PR in four whole weeks']);
  const { all, allBefore } = unit;
  return tile(title, unitCost(all.mid, lake.currency), [
    `range ${range(all.low, all.high, lake.currency)}`,
    allBefore === null ? 'no four weeks before' : html`${delta(change(all.mid, allBefore.mid))} on 4 weeks before`,
  ]);
}

function running(view: View, budget: Budget | null): Markup | false {
  const { filters, running, runningBefore, lake } = view.data;
  const { period } = filters;
  if (period.month === null || running.length === 0) return false;
  const length = daysBetween(period.from, nextMonth(period.month));
  const month = monthName(period.from);
  const estimated = running.findIndex((day) => isSome(day.estimated));
  const last = running.at(-1)?.total ?? '0';
  const past = runningBefore.at(-1)?.total ?? '0';
  const before = shortMonth(monthBefore(period.month).from);
  return html`<figure><figcaption>${month}, running total${runningBefore.length > 0 && html` <span class="muted">· the grey line is ${monthName(monthBefore(period.month).from)}${estimated >= 0 && ', dashed is estimated'}</span>`}</figcaption>${picture(
    {
      form: 'running',
      input: {
        height: 300,
        length,
        now: running.map(({ total }) => Math.round(Number(total) * 100) / 100),
        estimatedFrom: estimated < 0 ? running.length : estimated,
        past: runningBefore.map(({ total }) => Math.round(Number(total) * 100) / 100),
        budget: budget === null ? null : Number(budget.amount),
        marks: [1, 8, 15, 22, length].map((day) => ({ day, name: shortDay(addDays(period.from, day - 1)) })),
        labels: {
          now: `${dollars(last, lake.currency)} ${period.open ? 'now' : shortMonth(period.from)}`,
          past: `${dollars(past, lake.currency)} ${before}`,
          budget: budget === null ? '' : `${dollars(budget.amount, lake.currency)} budget`,
        },
        sign: signOf(lake.currency),
      },
    },
    690,
  )}</figure>`;
}

const SHOWN = 6;

function todo(view: View): Markup {
  const all = needs(view);
  const list = all.slice(0, SHOWN);
  return html`<div class="todo"><h2>Needs somebody <span class="count">${all.length}</span></h2>${
    list.length === 0
      ? html`<p class="empty">${view.data.stamp.asking ? 'Incidents are still being looked for; every source answered in time.' : 'Nothing is open, and every source answered in time.'}</p>`
      : html`<ol>${list.map((need) => html`<li class="${need.severity}"><span class="sev">${severityIcon(need.severity)}<span class="sr">${need.severity}: </span></span><div><a href="${need.at}">${need.what}</a><p>${need.next}</p><p class="who">${need.owner}</p></div><b class="num">${need.amount}</b></li>`)}</ol>`
  }${all.length > SHOWN && html`<p class="note">and ${all.length - SHOWN} more, in Teams, Incidents and Sources.</p>`}</div>`;
}

function dayTable(view: View): Markup | false {
  const { running, runningBefore, lake, spend } = view.data;
  if (running.length === 0) return false;
  const columns: Column[] = [
    { head: 'Day' },
    { head: 'That day', kind: 'num' },
    { head: 'Running total', kind: 'num' },
    { head: 'A month before', kind: 'num' },
  ];
  const { id } = headlineInfo;
  const rows = running.map((day, i) => {
    const one = spend.totals.get(day.day);
    const past = runningBefore[i];
    return row(columns, [
      time(day.day, true),
      one === undefined ? '–' : amount(one.total, one.estimated, lake.currency),
      cents(day.total, lake.currency),
      past === undefined ? '–' : cents(past.total, lake.currency),
    ]);
  });
  return twin(
    id,
    `Table: running total, ${dayCount(rows.length)}`,
    table('Running total by day', columns, rows.toReversed()),
  );
}
