import { addDays, type Day, days as daysOf } from '../../../shared/time.ts';
import { SPLITS, writeAddress } from '../address.ts';
import type { At, StackSeries } from '../charts/stack.ts';
import { colorsOf } from '../colors.ts';
import { isLive } from '../data/incidents.ts';
import type { DayAmount } from '../data/spend.ts';
import { dayCount, dayRange, longDay, shortDay, shortMonth } from '../dates.ts';
import { html, type Markup } from '../html.ts';
import { incidentTitle } from '../needs.ts';
import { cents, dollars, percent, ratio, signOf } from '../numbers.ts';
import { amount, type Column, head, isSome, key, picture, row, table, tag, time, twin } from '../pieces.ts';
import { name, seriesName, type View } from '../view.ts';
import { spendInfo } from './spend-info.ts';

const toNumber = (amount: string): number => Math.round(Number(amount) * 100) / 100;

/** Spend by day as stacked bars, and day by day as a table. */
export function spend(view: View, csv: string): Markup {
  const { spend, filters, now, lake } = view.data;
  const splits = html`<div class="seg" role="group" aria-label="Split by">${SPLITS.map(
    (by) =>
      html`<a href="./${writeAddress(filters, lake, { by })}#spend" data-key="by-${by}"${filters.by === by && html` aria-current="true"`}>${by.charAt(0).toUpperCase() + by.slice(1)}</a>`,
  )}</div>`;
  if (spend.series.length === 0) {
    return html`${head(spendInfo, csv)}<p class="finding">Nothing was spent in ${dayCount(spend.days.length)} for this choice of team, vendor and model.</p>`;
  }
  const flags = flagged(view);
  const read = `${dollars(now.total, lake.currency)}${isSome(now.estimated) ? ', includes estimated days' : ', final'}`;
  return html`${head(spendInfo, csv, [], splits)}<p class="finding">${finding(view)}</p><div class="readout"><p><b data-read="day">${filters.period.name}</b> <b class="num read-total" data-read="total">${isSome(now.estimated) && '≈'}${dollars(now.total, lake.currency)}</b> <span class="muted" data-read="note">${isSome(now.estimated) ? 'includes estimated days' : 'final'}</span></p>${legend(view)}</div><div class="plot" id="spend-plot" role="slider" tabindex="0" aria-label="Spend by day: move with the arrow keys" aria-valuemin="0" aria-valuemax="${spend.days.length - 1}" aria-valuenow="${spend.days.length - 1}" aria-valuetext="${filters.period.name}, ${read}" data-first="${spend.days[0] ?? ''}" data-sign="${signOf(lake.currency)}">${drawn(view, flags)}</div><ul class="key-line">${key('billed', 'billed')}${key('estimated', 'estimated from usage at list price, until the bill comes')}${key('late', 'expected from a late source, not in any total')}<li class="muted">days outside the period are faded</li></ul>${
    flags.length > 0 &&
    html`<ul class="key-line marks-key">${flags.map(({ mark, incident }) => html`<li><a href="#${incident.incident_id}"><span class="flag-num">${mark}</span>${incidentTitle(view, incident)}, ${shortDay(incident.opened_day)}</a></li>`)}</ul>`
  }${dayTable(view)}`;
}

function finding(view: View): string {
  const { spend, now, filters, lake, late } = view.data;
  const top = spend.series.toSorted((a, b) => Number(b.total) - Number(a.total))[0];
  const share = top === undefined ? null : ratio(top.total, now.total);
  const largest =
    top === undefined || share === null
      ? `Nothing was spent ${filters.period.inside}.`
      : `${seriesName(view, top.id)} is ${percent(share)} of the spend ${filters.period.inside}.`;
  const firstEstimated = [...spend.totals].find(
    ([day, { estimated }]) => day >= filters.period.from && day <= filters.period.to && isSome(estimated),
  );
  const open =
    firstEstimated === undefined
      ? ''
      : ` Days from ${shortDay(firstEstimated[0])} are estimated at least in part, until their bill comes.`;
  const missing = late
    .map(
      (one) =>
        ` ${name(view, 'provider', one.provider)} is late for ${dayRange(one.from, one.to)}: an open outline, in no total${one.to === lake.end ? ', so a lower last day is not a fall' : ''}.`,
    )
    .join('');
  const partly = view.data.partial
    .map(
      (one) => ` ${name(view, 'provider', one.provider)} has not told ${dayRange(one.from, lake.end)} to the end yet.`,
    )
    .join('');
  return `${largest}${open}${partly}${missing}`;
}

function legend(view: View): Markup {
  const { spend, filters, lake } = view.data;
  const colors = colorsOf(
    filters.by,
    spend.series.map(({ id }) => id),
    lake,
  );
  return html`<ol class="legend">${spend.series.map(
    ({ id, total, estimated }, i) =>
      html`<li><i class="sw s-${colors.get(id) ?? 'other'}"></i><span>${seriesName(view, id)}</span><b class="num" data-read="${i}">${isSome(estimated) && '≈'}${dollars(total, lake.currency)}</b></li>`,
  )}</ol>`;
}

const FLAGS = 12;

function flagged({ data: { incidents, spend } }: View) {
  return incidents.rows
    .filter(({ state, opened_day }) => state !== 'expected' && spend.days.includes(opened_day))
    .toSorted((a, b) => Number(isLive(b)) - Number(isLive(a)) || (a.opened_day < b.opened_day ? 1 : -1))
    .slice(0, FLAGS)
    .toSorted((a, b) => (a.opened_day < b.opened_day ? -1 : 1))
    .map((incident, i) => ({ incident, mark: String(i + 1), day: spend.days.indexOf(incident.opened_day) }));
}

function drawn(view: View, flags: ReturnType<typeof flagged>): Markup {
  const { spend, filters, lake } = view.data;
  const { from, to } = filters.period;
  return picture(
    {
      form: 'stack',
      input: {
        days: spend.days.map((day) => ({
          month: day.endsWith('-01') ? shortMonth(day) : null,
          focus: day >= from && day <= to,
        })),
        totals: spend.days.map((day) => toNumber(spend.totals.get(day)?.total ?? '0')),
        series: series(view),
        flags: flags.map(({ day, mark, incident }) => ({ day, mark, state: incident.state })),
        sign: signOf(lake.currency),
      },
    },
    1200,
  );
}

function series(view: View): StackSeries[] {
  const { spend, filters, lake, late } = view.data;
  const colors = colorsOf(
    filters.by,
    spend.series.map(({ id }) => id),
    lake,
  );
  const index = new Map(spend.days.map((day, i) => [day, i]));
  const sparse = (rows: readonly { day: Day; amount: string }[]): At[] =>
    rows.flatMap(({ day, amount }) => {
      const at = index.get(day);
      return at === undefined || !isSome(amount) ? [] : [[at, toNumber(amount)] as const];
    });
  return spend.series.map(({ id }) => {
    const mine = spend.byDay.filter((one) => one.series === id);
    const billed = spend.days.map(() => 0);
    for (const [at, value] of sparse(mine.map(({ day, billed }) => ({ day, amount: billed })))) billed[at] = value;
    return {
      id,
      name: seriesName(view, id),
      color: colors.get(id) ?? 'other',
      billed,
      estimated: sparse(mine.map(({ day, estimated }) => ({ day, amount: estimated }))),
      late: sparse(late.flatMap(({ expectedByDay }) => expectedByDay.filter((one) => one.series === id))),
    };
  });
}

function dayTable(view: View): Markup {
  const { spend, filters, lake, late, now } = view.data;
  const columns: Column[] = [
    { head: 'Day' },
    ...spend.series.map(({ id }) => ({ head: seriesName(view, id), kind: 'num' })),
    { head: 'Counted', kind: 'num' },
    { head: 'Final?' },
  ];
  const at = new Map<string, DayAmount>(spend.byDay.map((one) => [`${one.day} ${one.series}`, one]));
  const isLate = (day: Day, id: string): boolean =>
    late.some(
      ({ provider, from, to }) => day >= from && day <= to && (filters.by === 'vendor' ? provider === id : false),
    );
  const rows = [...daysOf(filters.period.from, addDays(filters.period.to, 1))].toReversed().map((day) => {
    const total = spend.totals.get(day);
    const lateThen = late.some(({ from, to }) => day >= from && day <= to);
    const state = stateOf(
      lateThen,
      isSome(total?.estimated ?? '0'),
      view.data.partial.some(({ from }) => day >= from),
    );
    return row(columns, [
      time(day, true),
      ...spend.series.map(({ id }) => {
        const one = at.get(`${day} ${id}`);
        return one === undefined && isLate(day, id)
          ? html`<span class="muted">late</span>`
          : amount(one?.total ?? '0', one?.estimated ?? '0', lake.currency);
      }),
      amount(total?.total ?? '0', total?.estimated ?? '0', lake.currency),
      state,
    ]);
  });
  const foot = row(columns, [
    'All, equals the ledger',
    ...spend.series.map(({ total, estimated }) => amount(total, estimated, lake.currency)),
    amount(now.total, now.estimated, lake.currency),
    '',
  ]);
  const first = longDay(filters.period.from);
  return twin(
    'spend',
    `Table: ${dayCount(rows.length)}`,
    table(`Spend by day since ${first}, ${cents(now.total, lake.currency)}`, columns, rows, [foot]),
  );
}

function stateOf(isLate: boolean, isEstimated: boolean, isPartial: boolean): Markup {
  if (isLate) return tag('late', 'late source');
  if (isPartial) return tag('estimated', isEstimated ? 'estimated, in part' : 'in part');
  return isEstimated ? tag('estimated', 'estimated') : tag('billed', 'billed');
}
