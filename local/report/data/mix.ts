import { addDays, type Day } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import { weekday } from '../dates.ts';
import type { Lake } from '../lake.ts';
import { between, is, isIfSet, named, type Query, select, sum, weekOf } from '../select.ts';
import { chosen } from './figures.ts';
import { OTHER } from './spend.ts';
import { mondayOf } from './teams.ts';

/** A model's weeks; the prices are the company's, of the last whole week. */
export interface MixModel {
  /** The model, or `other` for all beyond the largest. */
  readonly id: string;
  readonly provider: string | null;
  /** Spend of each week. */
  readonly weeks: readonly string[];
  readonly costPerMtok: string | null;
  readonly listPerMtok: string | null;
}

/** Spend by model over weeks. */
export interface Mix {
  readonly weeks: readonly { readonly week: Day; readonly whole: boolean; readonly total: string }[];
  readonly models: readonly MixModel[];
  /** Week of the prices, and of the shares in the table; null before a week is whole. */
  readonly lastWhole: Day | null;
}

const SHOWN_WEEKS = 17;
const LARGEST = 7;

/** Reads the weeks of the chosen team and vendor; spend that names no model is in no share. */
export async function readMix(query: Query, filters: Filters, lake: Lake): Promise<Mix> {
  const last = mondayOf(lake.end);
  const weeks = Array.from({ length: SHOWN_WEEKS }, (_, i) => addDays(last, (i + 1 - SHOWN_WEEKS) * 7)).filter(
    (week) => week >= mondayOf(lake.first),
  );
  const from = filters.team === null ? 'daily_cost' : 'allocated_cost';
  const days = { from: weeks[0] ?? lake.first, to: lake.end };
  const where = [...chosen({ ...filters, model: null }, lake, days), 'model is not null'];
  const total = sum('allocated_cost');
  const largest = await query(
    select({
      columns: { ...named('model', 'provider'), total },
      from,
      where,
      group: ['model', 'provider'],
      having: `${total} > 0`,
      order: ['total desc', 'model', 'provider'],
    }),
  );
  const spent = await query(
    select({
      columns: { ...named('model', 'provider'), week: weekOf('day'), total },
      from,
      where,
      groupingSets: [['model', 'provider', 'week'], ['week']],
      order: ['week', 'model', 'provider'],
    }),
  );
  const whole = (week: Day): boolean => week >= lake.first && (week < last || weekday(lake.end) === 0);
  const lastWhole = weeks.findLast(whole) ?? null;
  const prices =
    lastWhole === null
      ? []
      : await query(
          select({
            columns: named('model', 'provider', 'cost_per_mtok', 'list_cost_per_mtok'),
            from: 'model_mix',
            where: [
              between('week', lastWhole, lastWhole),
              is('billing_currency', lake.currency),
              isIfSet('provider', filters.vendor),
            ],
            order: ['model', 'provider'],
          }),
        );
  const of = (model: string | null | undefined, provider: string | null | undefined): string => `${provider} ${model}`;
  const totalOf = new Map(spent.map((row) => [`${of(row.model, row.provider)} ${row.week}`, row.total ?? '0']));
  const priceOf = new Map(prices.map((row) => [of(row.model, row.provider), row]));
  const shown = largest.length > LARGEST + 1 ? largest.slice(0, LARGEST) : largest;
  const models = shown.map(({ model, provider }): MixModel => {
    const price = priceOf.get(of(model, provider));
    return {
      id: model ?? '',
      provider: provider ?? null,
      weeks: weeks.map((week) => totalOf.get(`${of(model, provider)} ${week}`) ?? '0'),
      costPerMtok: price?.cost_per_mtok ?? null,
      listPerMtok: price?.list_cost_per_mtok ?? null,
    };
  });
  return {
    weeks: weeks.map((week) => ({
      week,
      whole: whole(week),
      total: totalOf.get(`${of(null, null)} ${week}`) ?? '0',
    })),
    models: shown.length < largest.length ? [...models, await readRest(query, where, from, shown, weeks)] : models,
    lastWhole,
  };
}

/** All models beyond the largest, summed by week. */
async function readRest(
  query: Query,
  where: readonly (string | null)[],
  from: string,
  shown: readonly Readonly<Record<string, string | null>>[],
  weeks: readonly Day[],
): Promise<MixModel> {
  const rows = await query(
    select({
      columns: { week: weekOf('day'), total: sum('allocated_cost') },
      from,
      where: [
        ...where,
        ...shown.map(
          ({ model, provider }) => `not (${is('model', model ?? '')} and ${is('provider', provider ?? '')})`,
        ),
      ],
      group: ['week'],
      order: ['week'],
    }),
  );
  const totalOf = new Map(rows.map(({ week, total }) => [week, total ?? '0']));
  return {
    id: OTHER,
    provider: null,
    weeks: weeks.map((week) => totalOf.get(week) ?? '0'),
    costPerMtok: null,
    listPerMtok: null,
  };
}
