import { colorsOfModels } from '../colors.ts';
import type { Mix, MixModel } from '../data/mix.ts';
import { OTHER } from '../data/spend.ts';
import { shortDay } from '../dates.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { percent, points as pointsWords, ratio, unitCost } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, key, picture, row, table } from '../pieces.ts';
import { name, type View } from '../view.ts';
import { mixInfo } from './mix-info.ts';

/** Share of spend by model, week by week, and what a million tokens cost. */
export function mix(view: View, csv: string): Markup {
  const { mix, filters, lake } = view.data;
  const tags = ignored(mixInfo, filters);
  const top = head(mixInfo, csv, filters.team === null ? tags : [...tags, 'prices of all teams']);
  if (mix.models.length === 0) {
    return html`${top}<p class="finding">No spend of these weeks names a model, so there is no mix.</p>`;
  }
  const colors = colorsOfModels(mix.models, lake);
  const shown = {
    columns: mix.weeks.map(({ week, whole }) => ({ name: shortDay(week), whole })),
    series: mix.models.map((one, i) => ({
      color: colors[i] ?? 'other',
      shares: mix.weeks.map((_, at) => Math.round((shareAt(mix, one, at) ?? 0) * 10_000) / 10_000),
    })),
  };
  const columns: Column[] = [
    { head: 'Model' },
    { head: 'Vendor', kind: 'opt' },
    { head: mix.lastWhole === null ? 'Share' : `Week of ${shortDay(mix.lastWhole)}`, kind: 'num' },
    { head: 'vs median of 4 weeks', kind: 'num' },
    { head: 'Paid per million tokens', kind: 'num' },
    { head: 'At list', kind: 'num opt' },
  ];
  return html`${top}<p class="finding">${finding(view)}</p>${picture({ form: 'shares', input: shown }, 1200)}<ul class="key-line">${key('billed', 'share of the spend that names a model, by week from Monday')}<li class="muted">a faded week is not whole</li></ul>${table(
    'Model mix',
    columns,
    mix.models.map((one, i) => row(columns, cells(view, one, colors[i] ?? 'other'))),
  )}`;
}

const shareAt = ({ weeks }: Mix, one: MixModel, i: number): number | null =>
  ratio(one.weeks[i] ?? '0', weeks[i]?.total ?? '0');

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** Share of the last whole week, and its distance to the median of the four before; null where there is none. */
function moved(mix: Mix, one: MixModel): { share: number | null; points: number | null } {
  const last = mix.weeks.findLastIndex(({ whole }) => whole);
  if (last < 0) return { share: null, points: null };
  const share = shareAt(mix, one, last);
  const before = mix.weeks
    .slice(Math.max(0, last - 4), last)
    .flatMap(({ whole }, i) => (whole ? [shareAt(mix, one, Math.max(0, last - 4) + i)] : []))
    .filter((value) => value !== null);
  const usual = before.length < 4 ? null : median(before);
  return { share, points: share === null || usual === null ? null : share - usual };
}

function finding({ data: { mix } }: View): string {
  if (mix.lastWhole === null) return 'No week is whole yet, so no mix is compared.';
  const all = mix.models.filter(({ id }) => id !== OTHER).map((one) => ({ one, ...moved(mix, one) }));
  const most = all.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  const gained = all.toSorted((a, b) => (b.points ?? 0) - (a.points ?? 0))[0];
  const largest =
    most === undefined || most.share === null
      ? `Nothing was spent on a named model in the week of ${shortDay(mix.lastWhole)}.`
      : `${most.one.id} took ${percent(most.share)} of the week of ${shortDay(mix.lastWhole)}.`;
  const change =
    gained === undefined || gained.points === null
      ? ' Fewer than four whole weeks lie before it: not compared.'
      : gained.points < 0.005
        ? ' No model gained on the median of the four weeks before.'
        : ` ${gained.one.id} gained most on the median of the four weeks before, ${pointsWords(gained.points)}.`;
  return `${largest}${change}`;
}

function cells(view: View, one: MixModel, color: string): Piece[] {
  const { mix, lake } = view.data;
  const { share, points } = moved(mix, one);
  const price = (amount: string | null): Piece =>
    amount === null
      ? html`<span class="muted">${one.id === OTHER ? '–' : 'not known'}</span>`
      : unitCost(amount, lake.currency);
  return [
    html`<span class="with"><i class="sw s-${color}"></i>${one.id === OTHER ? 'All other' : one.id}</span>`,
    one.provider === null ? html`<span class="muted">–</span>` : name(view, 'provider', one.provider),
    share === null ? html`<span class="muted">–</span>` : percent(share),
    points === null
      ? html`<span class="muted">not compared</span>`
      : html`<span class="delta">${pointsWords(points)}</span>`,
    price(one.costPerMtok),
    price(one.listPerMtok),
  ];
}
