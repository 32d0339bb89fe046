import * as z from 'zod';
import type { Platform } from '../platform.ts';
import type { AnySource, CollectMessage } from '../source.ts';
import type { AnyRow } from '../table.ts';
import { type ComposedDay, type Stored, storeDay } from './store.ts';

const former = z.object({ day: z.string(), digest: z.string() });

/**
 * Stores a snapshot for its day only when it differs from the former one of the same source and connection:
 * a directory that stays as it is costs no file.
 */
export async function storeSnapshot(
  platform: Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state'>,
  source: AnySource,
  message: CollectMessage,
  composed: ComposedDay,
): Promise<Stored> {
  const rows: AnyRow[] = [];
  for await (const some of composed.rows) rows.push(...some);
  const digest = platform.crypto.digest(JSON.stringify(rows.map(({ day: _day, ...rest }) => rest)));
  const at = { group: 'snapshot', key: `${source.id}#${message.connection}` };
  const item = await platform.state.get(at);
  const last = item === null ? null : former.parse(item.data);
  if (last !== null && last.day < composed.day && last.digest === digest) {
    return { outcome: 'unchanged', rows: rows.length, restated: false, fresh: false };
  }
  if (last !== null && last.day > composed.day && !message.force)
    return { outcome: 'older', rows: rows.length, restated: false, fresh: false };
  const stored = await storeDay(platform, source, message, { ...composed, rows: [rows] });
  if (stored.outcome === 'ok' || stored.outcome === 'unchanged') {
    // Lost to another run only if that one stored a snapshot too; then the next one compares with that.
    await platform.state.update(at, { day: composed.day, digest }, item?.version ?? null);
  }
  return stored;
}
