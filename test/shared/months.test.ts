import { describe, expect, it } from 'vitest';
import { makeMissing, monthsInLake, monthsThrough, registerMonths } from '../../shared/months.ts';
import type { Warehouse } from '../../shared/platform.ts';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import { people, usage } from '../../shared/tables/index.ts';
import { charges } from '../../shared/tables/materialised.ts';
import { testPlatform } from '../platform/index.ts';

describe('months of the catalogue', () => {
  it('reach from the first day to the month after the last', () => {
    expect(monthsThrough('2026-11-30', '2026-12-31')).toEqual(['2026-11', '2026-12', '2027-01']);
  });

  it('are registered where they are missing, at the prefix of the table, and left alone where they stand', async () => {
    const pointed: [string, [string, string][]][] = [];
    const warehouse: Pick<Warehouse, 'partitions' | 'point'> = {
      partitions: async () => new Map([['2026-11', 'elsewhere/']]),
      point: async (table, partitions) => void pointed.push([table, [...partitions]]),
    };
    const platform = { warehouse: { ...testPlatform().platform.warehouse, ...warehouse } };
    expect(await registerMonths(platform, [usage, people], ['2026-11', '2026-12'])).toBe(1);
    expect(pointed).toEqual([['usage', [['2026-12', 'facts/usage/billing_period=2026-12/']]]]);
  });

  it('are found by their objects in a lake that is taken up again', async () => {
    const { platform } = testPlatform();
    const put = (key: string) => platform.objects.put(key, new Uint8Array(), { when: 'any' });
    await put('facts/usage/billing_period=2025-03/anthropic_usage.main.2025-03-01.parquet');
    await put('facts/usage/billing_period=2025-03/anthropic_usage.main.2025-03-02.parquet');
    await put('facts/usage/billing_period=2024-12/anthropic_usage.main.2024-12-01.parquet');
    expect(await monthsInLake(platform, [usage])).toEqual(['2024-12', '2025-03']);
  });

  it('that a taken-up lake has facts of and no charges are made anew, once', async () => {
    const known = new Map([['2025-03', 'marts/charges/']]);
    const { platform, queued } = testPlatform();
    const warehouse = { ...platform.warehouse, partitions: async () => known };
    expect(await makeMissing({ ...platform, warehouse }, [charges], ['2024-12', '2025-03'])).toBe(1);
    expect(await makeMissing({ ...platform, warehouse }, [charges], ['2025-03'])).toBe(0);
    expect(queued.map(({ queue, body }) => [queue, body])).toEqual([
      ['materialise', { days: ['2024-12-01'], mode: 'backfill' }],
    ]);
  });

  it('that a copy lacks are made, whatever the others have', async () => {
    const { platform, queued } = testPlatform();
    const months = async (table: string) => new Map(table === 'charges' ? [['2025-03', 'marts/charges/']] : []);
    const warehouse = { ...platform.warehouse, partitions: months };
    expect(await makeMissing({ ...platform, warehouse }, [charges, cidFocus], ['2025-03'])).toBe(1);
    expect(queued.map(({ body }) => body)).toEqual([{ days: ['2025-03-01'], mode: 'backfill' }]);
  });
});
