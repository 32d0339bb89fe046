import { expect, it } from 'vitest';
import * as z from 'zod';
import { copilotSeats } from '../../../../shared/sources/copilot/seats.ts';
import beyond from '../../../fixtures/cases/seats-beyond-the-first-page.json' with { type: 'json' };
import { conversationOf } from '../conversations.ts';
import { asking, connectionTo, converse, names } from '../recorded.ts';

const { where: day, vendor, following } = conversationOf('copilot_seats');
const heard = converse(copilotSeats, day, vendor, following);

const seat = (id: number) => ({
  day: '2026-11-20',
  account_id: 'acct-1',
  product: 'copilot',
  plan: 'business',
  principal_id: names.user('github', id),
  workspace_id: null,
  status: 'active',
  assigned_at: '2026-02-03T18:00:00.000Z',
  ends_on: null,
  last_active_on: null,
});

it('goes on where the Link header says, at the address that it knows', () => {
  expect(heard.asks.map(({ url }) => url)).toEqual([
    'https://github.test/orgs/lumenforge/copilot/billing/seats?per_page=100',
    'https://github.test/orgs/lumenforge/copilot/billing/seats?page=2&per_page=2',
  ]);
});

it('lists who holds a seat, used last when, and until when if it was cancelled', () => {
  expect(heard.rows).toEqual([
    { ...seat(1001), last_active_on: '2026-11-19' },
    seat(1002),
    { ...seat(1003), last_active_on: '2026-09-30', status: 'ending', ends_on: '2026-12-01' },
  ]);
});

it('knows the people as GitHub knows them elsewhere: by account, with a hint of the login', () => {
  expect(heard.told.identities.map(({ id, login }) => [id, login])).toEqual([
    [names.user('github', 1001), 'ana-ruiz_acme'],
    [names.user('github', 1002), 'ben-okafor_acme'],
    [names.user('github', 1003), 'chi-tanaka_acme'],
  ]);
  expect(heard.told.principals?.[0]).toMatchObject({
    kind: 'person',
    id: names.user('github', 1001),
    login_hint: names.login('github', 'ana-ruiz_acme'),
  });
});

const enterprise = {
  ...connectionTo('copilot', 'https://github.test'),
  accountId: null,
  settings: { enterprise: 'acme ent' },
};
const where = asking(enterprise, '2026-11-20', '2026-11-21');
const answers = (pages: readonly unknown[]) => {
  let read = 0;
  return () => JSON.stringify(pages[read++]);
};
const linked = (links: readonly (string | null)[]) => {
  let read = 0;
  return () => links[read++] ?? null;
};

it('reads every page of seats: one that nobody holds and one that ends are paid all the same', () => {
  const { pages } = beyond.given;
  const links = pages.map(({ link }) => /<(.*)>/.exec(link)?.[1] ?? null);
  const rows = z
    .array(z.object({ principal_id: z.string().nullable(), plan: z.string(), status: z.string() }))
    .parse(converse(copilotSeats, where, answers(pages.map(({ body }) => body)), linked(links)).rows);
  const fee = { business: 19, enterprise: 39 } as Readonly<Record<string, number>>;
  expect({
    seats: rows.length,
    monthly_fee_usd: String(rows.reduce((sum, { plan }) => sum + (fee[plan] ?? 0), 0)),
    unattributed_seats: rows.filter(({ principal_id }) => principal_id === null).length,
  }).toEqual(beyond.expect.values);
  expect(rows.filter(({ status }) => status === 'ending')).toHaveLength(1);
});

it('does not take a part of the seats for all of them', () => {
  const [first] = beyond.given.pages;
  expect(() => converse(copilotSeats, where, answers([first?.body]))).toThrow(
    'copilot.main counts 5 Copilot seats and gave 2; they are asked again',
  );
});

it('counts a person of an enterprise once, by the dearest plan and the latest use, whoever grants the seat', () => {
  const assignee = { id: 7, login: 'ana' };
  const grants = [
    {
      assignee,
      organization: { login: 'acme' },
      created_at: '2026-03-01T00:00:00Z',
      plan_type: 'enterprise',
      last_activity_at: '2026-11-02T00:00:00Z',
      pending_cancellation_date: '2026-12-01',
    },
    {
      assignee,
      organization: { login: 'acme-labs' },
      created_at: '2026-02-01T00:00:00Z',
      plan_type: 'business',
      last_activity_at: '2026-11-18T23:59:59Z',
    },
  ];
  const read = (seats: typeof grants) => converse(copilotSeats, where, answers([{ total_seats: 1, seats }])).rows;
  const row = {
    ...seat(7),
    account_id: 'acme ent',
    plan: 'enterprise',
    assigned_at: '2026-02-01T00:00:00.000Z',
    last_active_on: '2026-11-18',
  };
  expect([read(grants), read(grants.toReversed())]).toEqual([[row], [row]]);
  expect(copilotSeats.ask(where)).toEqual([
    { url: 'https://github.test/enterprises/acme%20ent/copilot/billing/seats?per_page=100' },
  ]);
});

it('says what a connection without organisation and enterprise lacks', () => {
  expect(() => copilotSeats.ask(asking({ ...enterprise, settings: {} }, '2026-11-20', '2026-11-21'))).toThrow(
    'copilot.main names neither organization nor enterprise; add settings',
  );
});
