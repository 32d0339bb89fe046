import * as z from 'zod';
import { bytesIn } from './bytes.ts';
import { inOrder } from './collect/order.ts';
import type { Platform, StateItem } from './platform.ts';
import { prefixOf, type Row } from './table.ts';
import { collectionStatus, OUTCOMES } from './tables/collection-status.ts';
import { billingPeriodOf, type Day } from './time.ts';

/** What is known of a source, connection and day. */
export type Status = Omit<
  Row<typeof collectionStatus>,
  'source' | 'connection_id' | 'provider' | 'target' | 'day' | 'worst_lag_hours'
>;

const schema: z.ZodType<Status> = z.object({
  due_at: z.string(),
  tried_at: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  message: z.string().nullable(),
  row_count: z.int().nullable(),
  request_count: z.int(),
  retry_count: z.int(),
  complete_through: z.string().nullable(),
  generation: z.string().nullable(),
  restated_count: z.int(),
});

/** Source and connection as one word. */
export const series = (source: string, connection: string): string => `status#${source}#${connection}`;

/** Statuses of a source and connection by day. */
export async function statuses(
  { state }: Pick<Platform, 'state'>,
  source: string,
  connection: string,
  from?: Day,
  to?: Day,
): Promise<Map<Day, StateItem<Status>>> {
  const found = new Map<Day, StateItem<Status>>();
  for await (const item of state.range(series(source, connection), from, to)) {
    found.set(item.key, { ...item, data: schema.parse(item.data) });
  }
  return found;
}

/** Changes a day's status, whoever else changes it meanwhile. */
export async function changeStatus(
  { state }: Pick<Platform, 'state'>,
  source: string,
  connection: string,
  day: Day,
  change: (was: Status | null) => Status,
): Promise<void> {
  const at = { group: series(source, connection), key: day };
  for (;;) {
    const item = await state.get(at);
    const next = change(item === null ? null : schema.parse(item.data));
    if (await state.update(at, next, item?.version ?? null)) return;
  }
}

/** What the export needs to know of a source and connection. */
export interface StatusOf {
  readonly source: string;
  readonly connection: string;
  readonly provider: string;
  readonly target: string;
  readonly worst_lag_hours: number;
}

/**
 * Writes what should exist, and what became of it, as the table that SQL reads: an object a month, at a fixed key. A month
 * of which nothing changed is left as it stands.
 */
export async function exportStatus(
  platform: Pick<Platform, 'state' | 'objects' | 'codec' | 'crypto'>,
  of: readonly StatusOf[],
): Promise<void> {
  const months = new Map<string, Row<typeof collectionStatus>[]>();
  for (const { source, connection, provider, target, worst_lag_hours } of of) {
    for (const [day, { data }] of await statuses(platform, source, connection)) {
      const period = billingPeriodOf(day);
      const rows = months.get(period) ?? [];
      rows.push({ source, connection_id: connection, provider, target, day, ...data, worst_lag_hours });
      months.set(period, rows);
    }
  }
  for (const [period, rows] of months) {
    const file = await bytesIn(platform.codec.writeParquet(collectionStatus, inOrder(collectionStatus, rows)));
    const key = `${prefixOf(collectionStatus, period)}data.parquet`;
    const digest = platform.crypto.digest(file);
    if ((await platform.objects.head(key))?.metadata.digest === digest) continue;
    await platform.objects.put(key, file, { metadata: { digest }, when: 'any' });
  }
}
