import { date, defineTable, nullable, oneOf, text, timestamp, whole } from '../table.ts';

/** How asking ended. */
export const OUTCOMES = ['ok', 'unchanged', 'shrunken', 'older', 'refused', 'failed', 'due'] as const;

/** What should exist, and what became of it: silence shows in SQL. */
export const collectionStatus = defineTable({
  name: 'collection_status',
  grain: 'One row per source, connection and day that should exist.',
  area: 'status',
  partitioned: true,
  version: 1,
  sort: ['source', 'connection_id', 'day'],
  columns: {
    source: text('source id'),
    connection_id: text('connection'),
    provider: text('vendor'),
    target: text('table it fills'),
    day: date('UTC day asked for'),
    due_at: timestamp('when it was last due'),
    tried_at: nullable(timestamp('when it was last tried; null: not yet')),
    outcome: oneOf(
      OUTCOMES,
      'ok: stored; unchanged: same as stored; shrunken: waits for --force; older: a newer answer stands; refused: no access; failed: gave up; due: not tried yet',
    ),
    message: nullable(text('what came back or is to be known of it, in a sentence; null when all is well')),
    row_count: nullable(whole('rows stored; null: nothing stored')),
    request_count: whole('requests the last try took'),
    retry_count: whole('retries among them'),
    complete_through: nullable(timestamp('data before this instant is whole, as far as the vendor tells')),
    generation: nullable(timestamp('due time of the stored answer; null: nothing stored')),
    restated_count: whole('how many times the stored day changed after it was first stored'),
    worst_lag_hours: nullable(whole('hours after which the vendor tells a day at the latest, as it states')),
  },
});
