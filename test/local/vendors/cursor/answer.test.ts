import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { cursorAnswers } from '../../../../local/vendors/cursor/answer.ts';
import { cycleAt } from '../../../../local/vendors/cursor/cycle.ts';
import { cursorTeam } from '../../../../local/vendors/cursor/team.ts';
import { bodyOf, get, MORNING, more, setting, shapeOf } from '../asking.ts';

const world = makeWorld({ ...setting, developers: 60 });
const team = cursorTeam(world);
const authorization = `Basic ${btoa(`${team.adminKey}:`)}`;
const ask = (path: string, body?: object, now = MORNING, headers: object = { authorization }) => {
  const asked = {
    ...get(path, { ...headers }),
    method: body === undefined ? 'GET' : 'POST',
    body: body === undefined ? '' : JSON.stringify(body),
  };
  return cursorAnswers(world, team, () => now)(asked);
};
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const EVENTS = '/teams/filtered-usage-events';
const span = { startDate: at('2026-10-26'), endDate: at('2026-11-25') };
interface Event {
  readonly timestamp: string;
  readonly userEmail: string;
  readonly kind: string;
  readonly chargedCents: number;
  readonly cursorTokenFee?: number;
  readonly tokenUsage: { readonly totalCents: number };
}
const read = (question: object, now = MORNING): { events: readonly Event[]; total: number } => {
  const pages = [1, 2, 3, 4, 5].map((page) => bodyOf(ask(EVENTS, { ...question, page, pageSize: 400 }, now)));
  return { events: pages.flatMap(({ usageEvents }) => usageEvents), total: pages[0].totalUsageEventsCount };
};
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/cursor/${name}.json`, import.meta.url), 'utf8'));

it.each([
  ['/teams/members', undefined, 'teams_members'],
  ['/teams/groups?billingCycle=2026-11-24', undefined, 'teams_groups'],
  ['/teams/spend', {}, 'teams_spend.page1'],
  [EVENTS, { ...span, pageSize: 1000 }, 'teams_filtered_usage_events.page1'],
])('answers %s in the shape that was recorded', (path, body, name) => {
  const [made, real] = [shapeOf(bodyOf(ask(path, body))), shapeOf(fixture(name))];
  const optional = [
    '.usageEvents[].tokenUsage.discountPercentOff',
    '.groups[].currentMembers[]',
    '.groups[].dailySpend[].date',
  ];
  expect(more(made, real)).toEqual([]);
  expect(
    more(real, made).filter((field) => !optional.includes(field) && !/formerMembers|dailySpend|unassigned/.test(field)),
  ).toEqual([]);
});

it('knows its key by HTTP Basic alone', () => {
  const statuses = [{}, { authorization: `Bearer ${team.adminKey}` }, { authorization }].map(
    (headers) => ask('/teams/members', undefined, MORNING, headers).status,
  );
  expect(statuses).toEqual([401, 401, 200]);
});

describe('events', () => {
  const { events, total } = read(span);

  it('come newest first, page after page, all that are counted', () => {
    expect(total).toBeGreaterThan(200);
    expect(events).toHaveLength(total);
    expect(events.map(({ timestamp }) => timestamp)).toEqual(
      events
        .map(({ timestamp }) => timestamp)
        .toSorted()
        .toReversed(),
    );
  });

  it('are included until the allowance is used up, then on demand with a fee', () => {
    const kinds = new Set(events.map(({ kind }) => kind));
    expect(kinds).toEqual(
      new Set(['Usage-based', 'Included in Business', 'Errored, Not Charged', 'Aborted, Not Charged']),
    );
    const onDemand = events.filter(({ kind }) => kind === 'Usage-based');
    const off = onDemand.filter(
      (one) => Math.abs(one.chargedCents - one.tokenUsage.totalCents - (one.cursorTokenFee ?? 0)) > 1e-9,
    );
    expect(off).toEqual([]);
  });

  it('are told hours late', () => {
    const evening = at('2026-11-24') + 18 * 3_600_000;
    const day = { startDate: at('2026-11-24'), endDate: at('2026-11-25') };
    const [early, late] = [read(day, evening), read(day, MORNING + 86_400_000)];
    expect(early.total).toBeLessThan(late.total);
    expect(early.events.filter(({ timestamp }) => Number(timestamp) > evening - 3_600_000)).toEqual([]);
  });

  it('are refused over more than 30 days, or with too large a page', () => {
    expect(ask(EVENTS, { ...span, startDate: span.startDate - 1 }).status).toBe(400);
    expect(ask(EVENTS, { ...span, pageSize: 1001 }).status).toBe(400);
  });
});

it('lists somebody removed who has events', () => {
  const members: { email: string; isRemoved: boolean }[] = bodyOf(ask('/teams/members')).teamMembers;
  const removed = new Set(members.filter(({ isRemoved }) => isRemoved).map(({ email }) => email));
  const [from, to] = [at('2026-09-26'), at('2026-10-26')];
  const told = [...read(span).events, ...read({ startDate: from, endDate: to }).events];
  expect(told.filter(({ userEmail }) => removed.has(userEmail)).length).toBeGreaterThan(0);
});

it('counts spending from the middle of a month to the middle of the next', () => {
  const { from, to } = cycleAt(MORNING);
  expect([from, to].map((time) => new Date(time).toISOString())).toEqual([
    '2026-11-17T09:30:00.000Z',
    '2026-12-17T09:30:00.000Z',
  ]);
  const { teamMemberSpend, subscriptionCycleStart } = bodyOf(ask('/teams/spend', { pageSize: 100 }));
  const spent = teamMemberSpend.reduce(
    (sum: number, one: { overallSpendCents: number }) => sum + one.overallSpendCents,
    0,
  );
  const charged = read({ startDate: from, endDate: at('2026-11-25') }).events.reduce(
    (sum, one) => sum + one.chargedCents,
    0,
  );
  expect(subscriptionCycleStart).toBe(from);
  expect(spent).toBeCloseTo(charged, 6);
});

it('says to wait after too many requests of a minute', () => {
  const answers = cursorAnswers(world, team, () => MORNING);
  const asked = get('/teams/members', { authorization });
  const statuses = Array.from({ length: 21 }, () => answers(asked).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(answers(asked)).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
});
