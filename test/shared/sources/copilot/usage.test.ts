import { expect, it } from 'vitest';
import { copilotUsage } from '../../../../shared/sources/copilot/usage.ts';
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names } from '../recorded.ts';

const { where: days, vendor } = conversationOf('copilot_usage');
const heard = converse(copilotUsage, days, vendor);

const row = (id: number | null, meter: string, quantity: string) => ({
  day: '2026-11-18',
  hour_at: null,
  account_id: 'acct-1',
  workspace_id: null,
  credential_id: null,
  principal_id: id === null ? null : names.user('github', id),
  product: 'copilot',
  session_id: null,
  model: null,
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  meter,
  quantity,
  claimed_cost: null,
  claim: null,
  cut: 'whole',
});

it('asks for each day, follows its links without the key, and for what was billed in all', () => {
  const link = 'https://copilot-reports.example.com/org/999/users-1-day/2026-11-18';
  expect(heard.asks.map(({ url, isSignedLink }) => [url.replace(/\?sig.*/, ''), isSignedLink ?? false])).toEqual([
    ['https://github.test/orgs/lumenforge/copilot/metrics/reports/users-1-day?day=2026-11-18', false],
    [`${link}/part-1.ndjson`, true],
    [`${link}/part-2.ndjson`, true],
    ['https://github.test/orgs/lumenforge/copilot/metrics/reports/users-1-day?day=2026-11-19', false],
    ['https://github.test/organizations/lumenforge/settings/billing/usage?year=2026&month=11', false],
  ]);
});

it('tells credits and interactions of each person, 0 for 0, and nothing of a day without a report', () => {
  expect(heard.rows).toEqual([
    row(1001, 'credits', '412.500000'),
    row(1001, 'requests', '50.000000'),
    row(1002, 'credits', '0.000000'),
    row(1002, 'requests', '3.000000'),
  ]);
});

it('keeps no link: whoever holds one may read what people did', () => {
  expect(JSON.stringify(heard.answers.map(({ page }) => page))).not.toContain('http');
});

const where = asking(days.connection, '2026-11-18', '2026-11-19');
const reported = (lines: readonly object[], billed: number) => (ask: { url: string; isSignedLink?: boolean }) => {
  if (ask.isSignedLink) return lines.map((line) => JSON.stringify({ day: '2026-11-18', ...line })).join('\n');
  if (!ask.url.includes('/billing/usage'))
    return JSON.stringify({ download_links: ['https://store.test/1?sig=x'], report_day: '2026-11-18' });
  const item = {
    date: '2026-11-18',
    product: 'Copilot',
    unitType: 'ai-credits',
    grossAmount: 1,
    discountAmount: 0,
    netAmount: 1,
  };
  return JSON.stringify({
    usageItems: [
      { ...item, sku: 'Copilot AI Credits', quantity: billed },
      { ...item, sku: 'Copilot Business', unitType: 'user-months', quantity: 9 },
    ],
  });
};

it('leaves to nobody the credits that were billed and no person is told to have used', () => {
  const { rows } = converse(copilotUsage, where, reported([{ user_id: 1, ai_credits_used: 60.25 }], 100));
  expect(rows).toEqual([row(1, 'credits', '60.250000'), { ...row(null, 'credits', '39.750000'), cut: 'rest' }]);
});

it('has no rest when the people used more than was billed', () => {
  const { rows } = converse(copilotUsage, where, reported([{ user_id: 1, ai_credits_used: 100.5 }], 100));
  expect(rows).toEqual([row(1, 'credits', '100.500000')]);
});

it('takes missing credits for unknown, and adds a person up over organisations', () => {
  const lines = [
    { user_id: 1, organization_id: '1', ai_credits_used: 1.5 },
    { user_id: 1, organization_id: '2', ai_credits_used: 2 },
    { user_id: 2, organization_id: '2' },
    { user_id: 3, ai_credits_used: null },
  ];
  expect(converse(copilotUsage, where, reported(lines, 0)).rows).toEqual([row(1, 'credits', '3.500000')]);
});

it('goes on without the bill where the key may not read it, and not without the metrics', () => {
  const [report, bill] = copilotUsage.ask(where);
  const refusal = (asked: typeof report, status: number) =>
    copilotUsage.refused?.({ ...where, asked: asked ?? { url: '' }, status, body: '' });
  expect([refusal(bill, 403), refusal(bill, 422), refusal(report, 403)]).toEqual([[], null, null]);
});

it('asks an enterprise for its own report, and no bill', () => {
  const enterprise = { ...connectionTo('copilot', 'https://github.test'), settings: { enterprise: 'acme-ent' } };
  expect(copilotUsage.ask(asking(enterprise, '2026-11-18', '2026-11-19'))).toEqual([
    { url: 'https://github.test/enterprises/acme-ent/copilot/metrics/reports/users-1-day?day=2026-11-18' },
  ]);
});
