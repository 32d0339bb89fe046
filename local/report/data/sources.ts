import { addDays, type Day } from '../../../shared/time.ts';
import type { Lake } from '../lake.ts';
import { between, named, type Query, select } from '../select.ts';

/** How a source stands. */
export interface Source {
  readonly source: string;
  readonly connection_id: string;
  readonly provider: string;
  readonly target: string;
  readonly lastWholeDay: Day | null;
  readonly state: string;
  readonly lateDays: number;
  readonly restated: number;
  readonly rows: number | null;
  readonly message: string | null;
  /** One state a day, oldest first: whole, late, refused, notdue or restated; the strip of the table. */
  readonly strip: readonly string[];
}

/** Days of the strip. */
export const STRIP_DAYS = 30;

const WHOLE = new Set(['ok', 'unchanged', 'older']);

/** Reads freshness, and what became of each of the last thirty days. */
export async function readSources(query: Query, lake: Lake): Promise<Source[]> {
  const rows = await query(
    select({
      columns: named(
        'source',
        'connection_id',
        'provider',
        'target',
        'last_whole_day',
        'state',
        'late_day_count',
        'restated_count',
        'row_count',
        'message',
      ),
      from: 'data_freshness',
      order: ['source', 'connection_id'],
    }),
  );
  const from = addDays(lake.end, 1 - STRIP_DAYS);
  const days = await query(
    select({
      columns: named('source', 'connection_id', 'day', 'outcome', 'restated_count'),
      from: 'collection_status',
      where: [between('day', from, lake.end)],
      order: ['source', 'connection_id', 'day'],
    }),
  );
  const told = new Map(days.map((row) => [`${row.source} ${row.connection_id} ${row.day}`, row]));
  return rows.map((row) => {
    const whole = row.last_whole_day ?? null;
    const strip = Array.from({ length: STRIP_DAYS }, (_, i) => {
      const day = addDays(from, i);
      const one = told.get(`${row.source} ${row.connection_id} ${day}`);
      if (one === undefined) return 'none';
      if (!WHOLE.has(one.outcome ?? '')) return row.state === 'on_time' ? 'notdue' : 'late';
      if (Number(one.restated_count ?? 0) > 0) return 'restated';
      return whole !== null && day > whole ? 'partial' : 'whole';
    });
    return {
      source: row.source ?? '',
      connection_id: row.connection_id ?? '',
      provider: row.provider ?? '',
      target: row.target ?? '',
      lastWholeDay: whole,
      state: row.state ?? '',
      lateDays: Number(row.late_day_count ?? 0),
      restated: Number(row.restated_count ?? 0),
      rows: row.row_count === null || row.row_count === undefined ? null : Number(row.row_count),
      message: row.message ?? null,
      strip,
    };
  });
}
