import { describe, expect, it } from 'vitest';
import { lakeOf } from '../lake.ts';

const answered = (day: string, more: object = {}) => ({
  source: 'anthropic_costs',
  target: 'costs',
  day,
  due_at: '2026-11-25T06:00:00.000Z',
  complete_through: '2026-11-25T06:00:00.000Z',
  row_count: 3,
  ...more,
});

describe('data freshness', () => {
  it.each([
    ['on_time', [answered('2026-11-23'), answered('2026-11-24')], '2026-11-24', '0'],
    [
      'late',
      [answered('2026-11-20', { complete_through: null, outcome: 'due' }), answered('2026-11-24')],
      '2026-11-24',
      '1',
    ],
    [
      'late',
      [answered('2026-11-20'), answered('2026-11-25', { complete_through: null, outcome: 'due' })],
      '2026-11-20',
      '0',
    ],
    [
      'refused',
      [
        answered('2026-11-23'),
        answered('2026-11-24', { complete_through: null, outcome: 'refused', message: '401: no' }),
      ],
      '2026-11-23',
      '0',
    ],
    [
      'on_time',
      [
        answered('2026-11-21', { complete_through: null, outcome: 'due', worst_lag_hours: 96 }),
        answered('2026-11-20', { worst_lag_hours: 96 }),
      ],
      '2026-11-20',
      '0',
    ],
    [
      'late',
      [
        answered('2026-11-19', { complete_through: null, outcome: 'due', worst_lag_hours: 96 }),
        answered('2026-11-18', { worst_lag_hours: 96 }),
      ],
      '2026-11-18',
      '1',
    ],
    ['failed', [answered('2026-11-24', { complete_through: null, outcome: 'failed', message: 'gave up' })], null, '0'],
    ['shrunken', [answered('2026-11-23', { outcome: 'shrunken' }), answered('2026-11-24')], '2026-11-24', '0'],
  ])('calls a source %s', async (state, collection_status, last_whole_day, late_day_count) => {
    const lake = await lakeOf({ collection_status }, []);
    expect(await lake.rows('select state, last_whole_day, late_day_count from data_freshness')).toEqual([
      { state, last_whole_day, late_day_count },
    ]);
  });

  it('tells a day that was not read from a day on which nothing was spent', async () => {
    const lake = await lakeOf({
      collection_status: [
        answered('2026-11-18', { row_count: 1 }),
        answered('2026-11-19', {
          outcome: 'failed',
          message: 'gave up after 429',
          complete_through: null,
          row_count: null,
        }),
        answered('2026-11-20', { row_count: 0 }),
        answered('2026-11-24'),
      ],
      costs: [{ day: '2026-11-18', principal_id: 'p_ana', billed_cost: '10' }],
    });
    expect(await lake.rows('select state, late_day_count, message from late_source')).toEqual([
      { state: 'late', late_day_count: '1', message: 'gave up after 429' },
    ]);
  });
});

describe('findings about the world', () => {
  it('name a day that shrank and the command that takes it, and a currency that is not added', async () => {
    const lake = await lakeOf({
      collection_status: [answered('2026-11-23', { outcome: 'shrunken', message: 'from 90 rows to 2' })],
      costs: [
        { principal_id: 'p_ana', billed_cost: '1' },
        { principal_id: 'p_ben', billed_cost: '1' },
        { principal_id: 'p_ana', billed_cost: '1', billing_currency: 'EUR', connection_id: 'anthropic.research' },
      ],
    });
    expect(await lake.rows('select next_step from shrunken_day')).toEqual([
      { next_step: 'npm run collect -- --force anthropic_costs.main 2026-11-23' },
    ]);
    expect(await lake.rows('select says from foreign_currency')).toEqual([
      {
        says: 'anthropic.research bills in EUR, most others in USD: these are not added; rates of fx.csv would tell them in one currency',
      },
    ]);
  });
});
