import { describe, expect, it } from 'vitest';
import { bodyOf, recorded, shapeOf } from '../asking.ts';
import { ask, at, results, span } from './asking.ts';

const MONDAY = span('2026-11-02', '2026-11-03');
const WEEK = span('2026-11-02', '2026-11-09');
const FINE = 'group_by[]=project_id&group_by[]=user_id&group_by[]=api_key_id&group_by[]=line_item';

const dollars = (path: string) => results(path).reduce((sum, { amount }) => sum + Number(amount.value), 0);

describe('the costs report', () => {
  it('has exactly the fields of a recorded answer', () => {
    expect(shapeOf(bodyOf(ask(`costs?${WEEK}&${FINE}`)))).toEqual(shapeOf(recorded('openai-costs')));
  });

  it.each([
    ['gpt-6.1-sol', 'input_uncached_tokens', 'input_tokens', 0.000002],
    ['gpt-6.1-sol', 'input_cached_tokens', 'cached_input_tokens', 0.0000001],
    ['gpt-6.1-sol', 'output_tokens', 'output_tokens', 0.00001],
    ['gpt-5.6-sol', 'input_cached_tokens', 'cached_input_tokens', 0.0000004],
  ])('bills %s by %s as %s at its list price', (model, field, item, price) => {
    const project = 'group_by[]=project_id';
    const people = bodyOf(ask('projects')).data.find(({ name }: { name: string }) => name === 'developer-tools').id;
    const tokens = results(`usage/completions?${MONDAY}&project_ids[]=${people}&group_by[]=model`)
      .filter((result) => result.model.startsWith(model))
      .reduce((sum, result) => sum + result[field], 0);
    const [line] = results(
      `costs?${MONDAY}&project_ids[]=${people}&line_items[]=${model}, ${item}&${project}&group_by[]=line_item`,
    );
    expect(tokens).toBeGreaterThan(1000);
    expect([line.quantity, line.quantity_unit, line.line_item]).toEqual([tokens, 'tokens', `${model}, ${item}`]);
    expect(line.amount.value).toBeCloseTo(tokens * price, 8);
  });

  it('halves flex and doubles priority', () => {
    const price = (tier: string, project: string) => {
      const id = bodyOf(ask('projects')).data.find(({ name }: { name: string }) => name === project).id;
      const usage = results(
        `usage/completions?${MONDAY}&project_ids[]=${id}&group_by[]=service_tier&group_by[]=api_key_id`,
      ).find(({ service_tier: found }) => found === tier);
      const lines = results(`costs?${MONDAY}&api_key_ids[]=${usage.api_key_id}&group_by[]=line_item`);
      const output = lines.find(({ line_item: item }) => item.endsWith(', output_tokens'));
      return output.amount.value / usage.output_tokens;
    };
    expect(price('flex', 'Default project')).toBeCloseTo(0.00000025, 12);
    expect(price('priority', 'flow')).toBeCloseTo(0.00002, 10);
  });

  it('gives the same money at any grouping', () => {
    const whole = dollars(`costs?${WEEK}`);
    expect(whole).toBeGreaterThan(50);
    expect(dollars(`costs?${WEEK}&${FINE}`)).toBeCloseTo(whole, 6);
    expect(dollars(`costs?${WEEK}&group_by[]=line_item`)).toBeCloseTo(whole, 6);
  });

  it('writes amounts as text on some days', () => {
    const kinds = results(`costs?${WEEK}`).map(({ amount }) => typeof amount.value);
    expect(kinds).toEqual(['number', 'number', 'number', 'string', 'number', 'number', 'number']);
  });

  it('writes a tiny amount with an exponent', () => {
    expect(
      ask(`costs?${span('2026-09-26', '2026-11-20')}&limit=180&${FINE.replace('group_by[]=user_id&', '')}`).body,
    ).toMatch(/"value":\d(\.\d+)?e-0\d,/);
  });

  it('has no line of a day until the second rebuild after its end', () => {
    const lastDays = `costs?${span('2026-11-23', '2026-11-25')}`;
    const counts = (now: string) =>
      bodyOf(ask(lastDays, Date.parse(now))).data.map((bucket: { results: unknown[] }) => bucket.results.length);
    expect(counts('2026-11-25T11:00:00Z')).toEqual([1, 0]);
    expect(counts('2026-11-25T12:00:00Z')).toEqual([1, 1]);
  });

  it.each([
    [
      'more than 180 buckets',
      `start_time=${at('2026-11-02')}&limit=366`,
      'Invalid limit provided: 366. Limit must be less than or equal to 180.',
    ],
    ['hours', `start_time=${at('2026-11-02')}&bucket_width=1h`, "Invalid bucket_width: '1h'. Supported values: 1d."],
    [
      'keys before they were kept',
      'start_time=1764892800&group_by[]=api_key_id',
      'group_by api_key_id is only supported for start_time at or after 1764979200.',
    ],
    [
      'users with projects long ago',
      `start_time=${at('2026-09-01')}&group_by[]=user_id&group_by[]=project_id`,
      'user_id cannot be combined with project_id for this organization and time range.',
    ],
    [
      'users within projects long ago',
      `start_time=${at('2026-09-01')}&group_by[]=user_id&project_ids[]=proj_x`,
      'user_id cannot be combined with project_id for this organization and time range.',
    ],
  ])('refuses %s', (_, query, message) => {
    const answer = ask(`costs?${query}`);
    expect([answer.status, bodyOf(answer).error.message]).toEqual([400, message]);
  });

  it('takes users without projects long ago, and users with projects of late', () => {
    expect(ask(`costs?start_time=${at('2026-09-01')}&group_by[]=user_id`).status).toBe(200);
    expect(ask(`costs?start_time=${at('2026-11-01')}&group_by[]=user_id&group_by[]=project_id`).status).toBe(200);
  });
});
