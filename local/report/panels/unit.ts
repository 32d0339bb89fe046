import { addDays } from '../../../shared/time.ts';
import type { UnitTeam } from '../data/unit.ts';
import { dayRange, shortDay } from '../dates.ts';
import { html, type Markup } from '../html.ts';
import { change, count, percent, range, signOf, unitCost } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, delta, head, key, picture, row, table, time, twin } from '../pieces.ts';
import { teamName, type View } from '../view.ts';
import { unitInfo } from './unit-info.ts';

/** Below this share of cost and work that certainly belong together, a figure turns grey. */
const WEAK = 0.78;

/** Cost per merged PR, a picture a team on one scale, with ranges. */
export function unit(view: View, csv: string): Markup {
  const { filters, unit } = view.data;
  const shown = unit.teams.filter(({ id }) => filters.team === null || id === filters.team);
  const working = shown.filter(({ weeks }) => weeks.some(({ mid }) => mid !== null));
  const idle = shown.filter((team) => !working.includes(team)).map(({ id }) => teamName(view, id));
  const sorted = working.toSorted((a, b) => Number(b.now?.mid ?? -1) - Number(a.now?.mid ?? -1));
  if (sorted.length === 0) {
    return html`${head(unitInfo, csv, ignored(unitInfo, filters))}<p class="finding">No merged pull request is known: no source of finished work has told anything yet.</p>`;
  }
  const columns = sorted.length === 1 ? 1 : 4;
  return html`${head(unitInfo, csv, ignored(unitInfo, filters))}<p class="finding">${finding(view)}</p><div class="multiples n${columns}">${sorted.map((team, i) => one(view, team, i % columns === 0, columns))}</div><ul class="key-line">${key('line', 'cost of the team ÷ merged PRs of its people, by week')}${key('band', 'low: direct and derived only, unmatched PRs counted in; high: with shared and a pro-rata part of what nobody owns')}${key('hollow', 'week not whole')}${key('none', 'no merged PR')}${key('line weakk', `grey: coverage under ${percent(WEAK)}, read with care`)}</ul>${idle.length > 0 && html`<p class="note">No merged PR in any of these weeks: ${idle.join(', ')}.</p>`}${weekTable(view, shown)}`;
}

function finding({ data: { unit, lake } }: View): string {
  if (unit.all === null) return 'No pull request was merged in four whole weeks, so there is no cost for one.';
  const { all, allBefore, lastWeeks } = unit;
  const compared =
    allBefore === null ? '' : `; ${change(all.mid, allBefore.mid) ?? 'not compared'} on the four weeks before`;
  const from = lastWeeks[0] ?? '';
  const to = addDays(lastWeeks.at(-1) ?? from, 6);
  return `Over ${lastWeeks.length === 4 ? 'four whole weeks' : 'the whole weeks known'} (${dayRange(from, to)}) a merged PR cost ${unitCost(all.mid, lake.currency)}, somewhere between ${unitCost(all.low, lake.currency)} and ${unitCost(all.high, lake.currency)}${compared}. Read the trend of one team, not the gap between teams: their work differs.`;
}

/** The top of the common scale: all but the highest two of a hundred whole weeks, rounded up. */
function scaleOf({ data: { unit } }: View): number {
  const highs = unit.teams
    .flatMap(({ weeks }) => weeks.flatMap(({ high, whole }) => (high === null || !whole ? [] : [Number(high)])))
    .toSorted((a, b) => a - b);
  const most = highs[Math.floor((highs.length - 1) * 0.98)] ?? 10;
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 0.01))) / 2;
  return Number((Math.ceil(most / step) * step).toPrecision(3));
}

function one(view: View, { id, weeks, now, before }: UnitTeam, axis: boolean, columns: number): Markup {
  const { lake } = view.data;
  const weak = now?.coverage !== null && now?.coverage !== undefined && now.coverage < WEAK;
  const without = weeks.filter(({ mid }) => mid === null);
  return html`<figure${weak && html` class="weak"`}><figcaption><b>${teamName(view, id)}</b><span class="num">${now === null ? '–' : unitCost(now.mid, lake.currency)}</span><small>${
    now === null
      ? 'no merged PR in four weeks'
      : html`${range(now.low, now.high, lake.currency)} · ${delta(before === null ? null : change(now.mid, before.mid), 'not compared')}`
  }</small><small${weak && html` class="warnword"`}>${now?.coverage === null || now === null ? 'coverage unknown' : `coverage ${percent(now.coverage)}`}${
    without.length > 0 && ` · ${without.length} ${without.length === 1 ? 'week' : 'weeks'} without any`
  }</small></figcaption>${picture(
    {
      form: 'interval',
      input: {
        height: columns === 1 ? 190 : 96,
        weeks: weeks.map(({ week, low, mid, high, whole }) => ({
          name: shortDay(week),
          low: low === null ? null : Number(low),
          mid: mid === null ? null : Number(mid),
          high: high === null ? null : Number(high),
          whole,
        })),
        max: scaleOf(view),
        axis,
        sign: signOf(lake.currency),
      },
    },
    columns === 1 ? 1200 : 284,
  )}</figure>`;
}

function weekTable(view: View, teams: readonly UnitTeam[]): Markup {
  const { currency } = view.data.lake;
  const columns: Column[] = [
    { head: 'Team' },
    { head: 'Week of' },
    { head: 'Per merged PR', kind: 'num' },
    { head: 'Range', kind: 'num' },
    { head: 'Merged PRs', kind: 'num' },
    { head: 'Whole?' },
  ];
  const rows = teams.flatMap(({ id, weeks }) =>
    weeks
      .toReversed()
      .map(({ week, low, mid, high, count: merged, reason, whole }) =>
        row(columns, [
          teamName(view, id),
          time(week),
          mid === null ? html`<span class="muted">–, ${reason ?? 'no merged PR'}</span>` : unitCost(mid, currency),
          low === null || high === null ? '–' : range(low, high, currency),
          count(merged),
          whole ? 'whole' : 'not whole',
        ]),
      ),
  );
  return twin('unit', `Table: ${rows.length} team weeks`, table('Cost per merged PR by team and week', columns, rows));
}
