import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { type Given, lakeOf } from '../lake.ts';
import { calendarOf } from '../rows.ts';

const REFERENCE: Given = {
  calendar: calendarOf('2026-11', 30),
  teams: ['search', 'data'].map((team_id) => ({ team_id, team_name: team_id, path: `${team_id}/`, cost_center: 'CC' })),
  person_hints: ['p_ana', 'p_ben', 'p_cia'].map((hint) => ({ hint, person_id: hint })),
  people: [
    { person_id: 'p_ana', team_id: 'search' },
    { person_id: 'p_ben', team_id: 'search' },
    { person_id: 'p_cia', team_id: 'data' },
  ],
};
const merged = (event_id: string, principal_id: string, more: object = {}) => ({
  event_id,
  principal_id,
  completed_at: '2026-11-24T10:00:00.000Z',
  ...more,
});
const billed = (principal_id: string | null, billed_cost: string, more: object = {}) => ({
  principal_id,
  billed_cost,
  ...more,
});

async function weeks(outputs: readonly AnyRow[], costs: readonly AnyRow[], columns: string, more: Given = {}) {
  const lake = await lakeOf({ ...REFERENCE, outputs, costs, ...more });
  return lake.rows(`select ${columns} from cost_per_output order by team_id, week`);
}

describe('cost per output', () => {
  it('is low without what is shared, high with a part of what nobody owns', async () => {
    const rules = ['search', 'data'].map((team_id) => ({
      rule_id: 'ci',
      priority: 1,
      workspace_id: 'ci',
      method: 'fixed',
      team_id,
      share: '0.5',
    }));
    expect(
      await weeks(
        [merged('1', 'p_ana'), merged('2', 'p_ben'), merged('3', 'p_cia')],
        [
          billed('p_ana', '6'),
          billed('p_cia', '2'),
          billed(null, '4', { workspace_id: 'ci', credential_id: 'k' }),
          billed(null, '6'),
        ],
        'team_id, week, low_cost, allocated_cost, high_cost, output_count, matched_count, low_cost_per_output, cost_per_output, high_cost_per_output, direct_share, shared_share, coverage',
        { rules },
      ),
    ).toEqual([
      {
        ...{ team_id: 'data', week: '2026-11-23', low_cost: '2.0000000000', allocated_cost: '4.0000000000' },
        ...{ high_cost: '5.9999999998', output_count: '1', matched_count: '1' },
        ...{ low_cost_per_output: '2.000000', cost_per_output: '4.000000', high_cost_per_output: '6.000000' },
        ...{ direct_share: '0.5000000000', shared_share: '0.5000000000', coverage: '0.3333333333' },
      },
      {
        ...{ team_id: 'search', week: '2026-11-23', low_cost: '6.0000000000', allocated_cost: '8.0000000000' },
        ...{ high_cost: '12.0000000002', output_count: '2', matched_count: '1' },
        ...{ low_cost_per_output: '3.000000', cost_per_output: '4.000000', high_cost_per_output: '6.000000' },
        ...{ direct_share: '0.7500000000', shared_share: '0.2500000000', coverage: '0.5000000000' },
      },
    ]);
  });

  it('is null with the reason where nothing was merged, and 0 where merging cost nothing', async () => {
    expect(
      await weeks([merged('1', 'p_ana')], [billed('p_cia', '2')], 'team_id, cost_per_output, output_count, reason'),
    ).toEqual([
      { team_id: 'data', cost_per_output: null, output_count: '0', reason: 'no merged PR' },
      { team_id: 'search', cost_per_output: '0.000000', output_count: '1', reason: null },
    ]);
  });

  it('counts neither bots nor other branches nor what was taken back, and credits the person behind an agent', async () => {
    expect(
      await weeks(
        [
          merged('1', 'p_ana'),
          merged('2', 'p_ana', { actor_type: 'bot' }),
          merged('3', 'p_ana', { is_default_branch: false }),
          merged('4', 'p_ana', { retracted: true }),
          merged('5', 'u_agent', { actor_type: 'ai_agent', credited_id: 'p_ben' }),
        ],
        [billed('p_ana', '6')],
        'team_id, output_count',
      ),
    ).toEqual([{ team_id: 'search', output_count: '2' }]);
  });

  it('follows four weeks, by sums and not by means of weeks', async () => {
    const days = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'];
    expect(
      await weeks(
        days.map((day, i) => merged(String(i), 'p_ana', { day, completed_at: `${day}T01:00:00.000Z` })).slice(1),
        days.map((day, i) => billed('p_ana', String(i + 1), { day })),
        'week, trend_cost_per_output',
      ),
    ).toEqual([
      { week: '2026-11-02', trend_cost_per_output: null },
      { week: '2026-11-09', trend_cost_per_output: '3.000000' },
      { week: '2026-11-16', trend_cost_per_output: '3.000000' },
      { week: '2026-11-23', trend_cost_per_output: '3.333333' },
      { week: '2026-11-30', trend_cost_per_output: '3.500000' },
    ]);
  });

  it('says whether the week is whole: all its days asked for and read to their end', async () => {
    const asked = (day: number, through = day + 1) => ({
      source: 'anthropic_costs',
      target: 'costs',
      day: `2026-11-${day}`,
      complete_through: `2026-11-${through}T00:00:00.000Z`,
    });
    const collection_status = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29].map((day) =>
      asked(day, day === 29 ? 29 : undefined),
    );
    expect(
      await weeks(
        [merged('1', 'p_ana')],
        [billed('p_ana', '1'), billed('p_ana', '1', { day: '2026-11-17' })],
        'week, is_complete',
        { collection_status },
      ),
    ).toEqual([
      { week: '2026-11-16', is_complete: 'yes' },
      { week: '2026-11-23', is_complete: 'no' },
    ]);
  });
});
