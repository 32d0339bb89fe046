import { describe, expect, it } from 'vitest';
import { bodyOf, more, recorded, shapeOf } from '../asking.ts';
import { allPages, ask, by, rows, type UsageRow, WEEK, WIDE } from './asking.ts';

describe('the cost report', () => {
  const MONDAY = 'starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-03T00:00:00Z&time_bucket_width=1d';

  it('has the fields of a recorded answer', () => {
    const shape = shapeOf(
      bodyOf(
        ask(
          `analytics/cost?${WEEK}&${WIDE}&${by('actor', 'api_key_id', 'model', 'service_tier', 'workspace_id', 'cost_type', 'token_type')}`,
        ),
      ),
    );
    const known = shapeOf(recorded('anthropic-analytics-cost'));
    expect(more(known, shape)).toEqual([]);
    expect(more(shape, known)).toContain('.data[].processing_region');
  });

  it('bills tokens at list price less five percent, in cents with six places', () => {
    const question = `${MONDAY}&${WIDE}&models[]=claude-opus-5-5&service_tiers[]=batch&${by('model', 'service_tier')}`;
    const [used]: UsageRow[] = rows(`analytics/usage?${question}`);
    const billed: { group: { token_type: string }; cost: { list_amount: string; amount: string } }[] = rows(
      `analytics/cost?${question}&${by('cost_type', 'token_type')}`,
    );
    // Batch halves 4 dollars a million tokens of input and 20 of output: 0.0002 and 0.001 cents a token.
    const listed = Object.fromEntries(billed.map(({ group, cost }) => [group.token_type, cost.list_amount]));
    expect(listed.uncached_input_tokens).toBe(((used?.usage.uncached_input_tokens ?? 0) * 0.0002).toFixed(6));
    expect(listed.output_tokens).toBe(((used?.usage.output_tokens ?? 0) * 0.001).toFixed(6));
    expect(listed.cache_read_input_tokens).toBe(((used?.usage.cache_read_input_tokens ?? 0) * 0.00001).toFixed(6));
    const paid = billed.map(({ cost }) => Math.abs(Number(cost.amount) - Number(cost.list_amount) * 0.95) < 0.000001);
    expect(paid).toEqual(billed.map(() => true));
  });

  it('adds a tenth for the United States and knows cache reads of sonnet 5.5 got cheaper on 7 October', () => {
    const us = `${MONDAY}&${WIDE}&inference_geos[]=us&models[]=claude-sonnet-5-5&${by('model')}`;
    const [used]: UsageRow[] = rows(`analytics/usage?${us}`);
    const [output] = rows(`analytics/cost?${us}&${by('cost_type', 'token_type')}`).filter(
      (row: { group: { token_type: string } }) => row.group.token_type === 'output_tokens',
    );
    expect(output.cost.list_amount).toBe(((used?.usage.output_tokens ?? 0) * 0.0011).toFixed(6));
    const readPrice = (day: string, next: string) => {
      const question = `starting_at=${day}T00:00:00Z&ending_at=${next}T00:00:00Z&time_bucket_width=1d&${WIDE}&models[]=claude-sonnet-5-5&inference_geos[]=global&${by('model')}`;
      const [usage]: UsageRow[] = rows(`analytics/usage?${question}`);
      const [read] = rows(`analytics/cost?${question}&${by('cost_type', 'token_type')}`).filter(
        (row: { group: { token_type: string } }) => row.group.token_type === 'cache_read_input_tokens',
      );
      return Number(read.cost.list_amount) / (usage?.usage.cache_read_input_tokens ?? 1);
    };
    expect(readPrice('2026-10-06', '2026-10-07')).toBeCloseTo(0.00002, 10);
    expect(readPrice('2026-10-07', '2026-10-08')).toBeCloseTo(0.00001, 10);
  });

  it('gives the same money at any grouping, but for the rounding of each row', () => {
    const sum = (grouping: string) =>
      (allPages(`analytics/cost?${WEEK}&limit=1000&${grouping}`) as { cost: { amount: string } }[]).reduce(
        (cents, { cost }) => cents + Number(cost.amount),
        0,
      );
    const whole = sum('');
    expect(whole).toBeGreaterThan(1000);
    expect(sum(by('actor', 'api_key_id', 'workspace_id', 'model', 'product', 'cost_type', 'token_type'))).toBeCloseTo(
      whole,
      2,
    );
    expect(sum(by('workspace_id', 'cost_type'))).toBeCloseTo(whole, 3);
  });

  it('hides money that is not for tokens when grouped by token type alone', () => {
    const types = (grouping: string): readonly (string | null)[] =>
      [
        ...new Set(
          rows(`analytics/cost?${WEEK}&${WIDE}&${grouping}`).map(
            (row: { group: { cost_type: string } }) => row.group.cost_type,
          ),
        ),
      ] as string[];
    expect([...types(by('cost_type', 'token_type'))].sort()).toEqual([
      'code_execution',
      'session_usage',
      'tokens',
      'web_search',
    ]);
    const tokensOnly = rows(`analytics/cost?${WEEK}&${WIDE}&${by('token_type')}`);
    expect(tokensOnly.filter((row: { group: { token_type: string | null } }) => row.group.token_type === null)).toEqual(
      [],
    );
  });

  it('does not count the parts of a cost toward the limit of a page', () => {
    const body = bodyOf(ask(`analytics/cost?${WEEK}&limit=10&${by('actor', 'cost_type', 'token_type')}`));
    expect(body.data.length).toBeGreaterThan(10);
    expect(body.has_more).toBe(true);
  });
});
