import { describe, expect, it } from 'vitest';
import { anthropicAnswers } from '../../../../local/vendors/anthropic/answer.ts';
import { chargesOf } from '../../../../local/vendors/anthropic/billing.ts';
import { organisation } from '../../../../local/vendors/anthropic/organisation.ts';
import { refreshOf, usageOfDays } from '../../../../local/vendors/anthropic/truth.ts';
import { dayNumber } from '../../../../local/vendors/calendar.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { bodyOf, get, MORNING, setting } from '../asking.ts';
import { main } from './asking.ts';

const world = makeWorld(setting);
const legacy = organisation(world, 'legacy');
const headers = { 'x-api-key': legacy.adminKey, 'anthropic-version': '2023-06-01' };
const answers = anthropicAnswers(world, legacy, () => MORNING);
const ask = (path: string, more: Record<string, string> = {}) =>
  answers(get(`/v1/organizations/${path}`, { ...headers, ...more }));

const WEEK = 'starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-09T00:00:00Z';
interface Result {
  readonly [name: string]: string | number | null;
}
const results = (path: string): Result[] =>
  bodyOf(ask(path)).data.flatMap((bucket: { readonly results: readonly Result[] }) => bucket.results);
const sum = (of: readonly Result[], name: string): number => of.reduce((all, one) => all + Number(one[name]), 0);

/** What happened in that week, as far as it is told. */
const truth = Array.from({ length: 7 }, (_, n) => dayNumber('2026-11-02') + n).flatMap((day) => [
  ...usageOfDays(world, legacy)(day, refreshOf(world, legacy, MORNING)),
]);

describe('an organisation without the current reports', () => {
  it.each(['analytics/usage', 'analytics/cost'])('does not know %s', (report) => {
    expect(ask(`${report}?${WEEK}`, { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' }).status).toBe(404);
  });

  it('bills exactly the usage at the prices of the day', () => {
    const cents = results(`cost_report?${WEEK}&group_by[]=workspace_id&group_by[]=description&limit=31`);
    const list = truth.flatMap(chargesOf).reduce((all, { list: one }) => all + one, 0n);
    expect(sum(cents, 'amount')).toBeGreaterThan(100);
    expect(sum(cents, 'amount')).toBeCloseTo(Number(list) / 1e14, 3);
  });

  it('tells the same tokens however it is cut', () => {
    const by = (...names: string[]) =>
      results(
        `usage_report/messages?${WEEK}&bucket_width=1d&limit=31&${names.map((one) => `group_by[]=${one}`).join('&')}`,
      );
    const [whole, parts] = [by('model'), by('api_key_id', 'workspace_id', 'account_id', 'service_account_id')];
    expect(sum(parts, 'output_tokens')).toBe(sum(whole, 'output_tokens'));
    expect(sum(parts, 'cache_read_input_tokens')).toBe(sum(whole, 'cache_read_input_tokens'));
    expect(parts.some(({ workspace_id }) => workspace_id === null)).toBe(true);
  });

  it('pages by buckets, the oldest first, empty ones too', () => {
    const first = bodyOf(ask(`usage_report/messages?${WEEK}&bucket_width=1h`));
    const second = bodyOf(ask(`usage_report/messages?${WEEK}&bucket_width=1h&page=${first.next_page}`));
    expect([first.data.length, first.data[0].starting_at, first.has_more]).toEqual([24, '2026-11-02T00:00:00Z', true]);
    expect(second.data[0].starting_at).toBe('2026-11-03T00:00:00Z');
  });

  it.each([
    [`usage_report/messages?${WEEK}&group_by[]=speed`, 'group_by: speed requires the beta'],
    [`cost_report?${WEEK}&bucket_width=1h`, 'bucket_width: must be one of 1d'],
    [`usage_report/messages?${WEEK}&limit=32`, 'limit: must be between 1 and 31'],
    [`usage_report/messages?${WEEK}&page=page_eA`, 'page: invalid page token'],
  ])('refuses %s', (path, words) => {
    expect([ask(path).status, bodyOf(ask(path)).error.message]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('Claude Code analytics', () => {
  const day = bodyOf(ask('usage_report/claude_code?starting_at=2026-11-05&limit=1000'));

  it('tells of people by their address, with a whole-cent estimate', () => {
    const told = day.data.flatMap((record: { model_breakdown: { estimated_cost: { amount: number } }[] }) =>
      record.model_breakdown.map(({ estimated_cost }) => estimated_cost.amount),
    );
    expect(day.data.length).toBeGreaterThan(0);
    expect(day.data[0].actor.email_address).toMatch(/@/);
    expect(told.filter((amount: number) => !Number.isInteger(amount))).toEqual([]);
  });

  it('takes a day and nothing else', () => {
    expect(ask('usage_report/claude_code?starting_at=2026-11-05T00:00:00Z').status).toBe(400);
  });
});

describe('spend limits', () => {
  const limits = (of: typeof main, sent: Record<string, string>) =>
    anthropicAnswers(
      world,
      of,
      () => MORNING,
    )(get('/v1/organizations/spend_limits', { ...headers, 'x-api-key': of.adminKey, ...sent }));
  const beta = { 'anthropic-beta': 'spend-limit-reads-2026-09-26' };

  it('are told to the organisation in the preview that sends its header, in whole cents', () => {
    expect([limits(main, {}).status, limits(legacy, beta).status]).toEqual([400, 400]);
    expect(bodyOf(limits(main, beta)).data.map(({ amount }: { amount: string }) => amount)).toEqual([
      '900000',
      '50000',
      '3600000',
    ]);
  });
});
