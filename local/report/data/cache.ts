import { addDays, type Day } from '../../../shared/time.ts';
import type { Filters } from '../address.ts';
import { weekday } from '../dates.ts';
import type { Lake } from '../lake.ts';
import { between, isIfSet, over, type Query, select } from '../select.ts';
import { mondayOf } from './teams.ts';

/** How much of what a team, or a model inside one team, reads comes from the cache. */
export interface CacheRow {
  readonly id: string;
  /** Share of the week, and of the four weeks before it; null where nothing was read. */
  readonly share: number | null;
  readonly before: number | null;
  /** What falling below the weeks before cost at list price, in US dollars; null where no price of what fell is known. */
  readonly waste: string | null;
  /** Whether a fall is not in it, for want of a price. */
  readonly isPart: boolean;
}

/** The cache in the last whole week. */
export interface Cache {
  readonly week: Day;
  readonly rows: readonly CacheRow[];
  readonly all: CacheRow | null;
}

const READ = 'read_tokens';
const TOKENS = 'read_tokens + write_tokens + input_tokens';

const shareOf = (condition: string): string =>
  over(`sum(${READ}) filter (where ${condition})`, `sum(${TOKENS}) filter (where ${condition})`);

/** Reads the last whole week by team; by model where a team is chosen. */
export async function readCache(query: Query, { team, vendor, model }: Filters, { end }: Lake): Promise<Cache> {
  const week = weekday(end) === 0 ? mondayOf(end) : addDays(mondayOf(end), -7);
  const now = between('week', week, week);
  const before = between('week', addDays(week, -28), addDays(week, -7));
  const unpriced = `count(*) filter (where ${now} and baseline_share > read_share and waste_cost is null)`;
  const columns = {
    id: team === null ? 'team_id' : 'model',
    share: shareOf(now),
    before: shareOf(before),
    waste: `cast(coalesce(sum(waste_cost) filter (where ${now}), 0) as decimal(28,10))`,
    unpriced,
  };
  const rows = await query(
    select({
      columns,
      from: 'cache_efficiency',
      where: [
        between('week', addDays(week, -28), week),
        isIfSet('team_id', team),
        isIfSet('provider', vendor),
        isIfSet('model', model),
      ],
      groupingSets: [['id'], []],
      having: `sum(${TOKENS}) filter (where ${now}) > 0`,
      order: ['waste desc', 'id'],
    }),
  );
  const read = rows.map((row) => ({
    id: row.id ?? '',
    share: row.share ? Number(row.share) : null,
    before: row.before ? Number(row.before) : null,
    waste: Number(row.unpriced) > 0 && Number(row.waste) === 0 ? null : (row.waste ?? null),
    isPart: Number(row.unpriced) > 0,
  }));
  return { week, rows: read.filter(({ id }) => id !== ''), all: read.find(({ id }) => id === '') ?? null };
}
