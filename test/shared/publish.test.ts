import { describe, expect, it } from 'vitest';
import type { Warehouse } from '../../shared/platform.ts';
import { publish } from '../../shared/publish.ts';
import { queriesOf } from '../../shared/queries.ts';
import { usage } from '../../shared/tables/index.ts';
import { testPlatform } from '../platform/index.ts';

const FILES = {
  'staging/stg_usage.sql': '-- One row per use.\nselect day from usage',
  'core/charges.sql': '-- One row per charge.\nselect day from stg_usage',
  'marts/daily_cost.sql': '-- One row per day.\nselect day from charges join stg_usage using (day)',
};
const queriesWith = (more: Record<string, string> = {}) =>
  queriesOf(new Map(Object.entries({ ...FILES, ...more })), ['charges']);

function world(refuses: (sql: string) => boolean = () => false) {
  const tried: string[] = [];
  const made: string[] = [];
  const warehouse: Warehouse = {
    ...testPlatform().platform.warehouse,
    rows: async function* (sql) {
      tried.push(sql);
      if (refuses(sql)) throw new Error('line 3: Column nowhere cannot be resolved');
      yield* [];
    },
    view: async (name) => void made.push(name),
  };
  return { tried, made, platform: testPlatform({ warehouse }).platform };
}

describe('publish', () => {
  it('makes every view once, those below first, and no view of what is materialised', async () => {
    const { platform, made } = world();
    const given = { queries: queriesWith(), tables: [usage], all: false };
    expect(await publish(platform, given)).toEqual({ views: ['stg_usage', 'daily_cost'], unchanged: 0 });
    expect(await publish(platform, given)).toEqual({ views: [], unchanged: 2 });
    expect(made).toEqual(['stg_usage', 'daily_cost']);
  });

  it('makes a changed view and all that read it', async () => {
    const { platform } = world();
    const more = { 'marts/alone.sql': '-- One row.\nselect day from prices' };
    await publish(platform, { queries: queriesWith(more), tables: [usage], all: false });
    const changed = { ...more, 'staging/stg_usage.sql': '-- One row per use.\nselect day, model from usage' };
    const done = await publish(platform, { queries: queriesWith(changed), tables: [usage], all: false });
    expect(done).toEqual({ views: ['stg_usage', 'daily_cost'], unchanged: 1 });
  });

  it('makes the views above a table whose columns changed', async () => {
    const { platform } = world();
    await publish(platform, { queries: queriesWith(), tables: [usage], all: false });
    const { model: _, ...columns } = usage.columns;
    const done = await publish(platform, { queries: queriesWith(), tables: [{ ...usage, columns }], all: false });
    expect(done.views).toEqual(['stg_usage', 'daily_cost']);
  });

  it('tries each view over the new form of those below it', async () => {
    const { platform, tried } = world();
    await publish(platform, { queries: queriesWith(), tables: [usage], all: false });
    expect(tried[1]).toBe(
      `with stg_usage as (\n${FILES['staging/stg_usage.sql']}\n)\nselect * from (\n${FILES['marts/daily_cost.sql']}\n) as trial limit 0`,
    );
  });

  it('leaves every former view standing when one fails its trial, and says which', async () => {
    const { platform, made } = world((sql) => sql.includes('nowhere'));
    const queries = queriesWith({ 'marts/daily_cost.sql': '-- One row per day.\nselect nowhere from stg_usage' });
    await expect(publish(platform, { queries, tables: [usage], all: true })).rejects.toThrow(
      'view daily_cost cannot be published, the former views stay: line 3: Column nowhere cannot be resolved',
    );
    expect(made).toEqual([]);
  });
});
