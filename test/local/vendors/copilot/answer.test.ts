import { describe, expect, it } from 'vitest';
import { dayText } from '../../../../local/vendors/calendar.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { copilotAnswers } from '../../../../local/vendors/copilot/answer.ts';
import { creditsOf } from '../../../../local/vendors/copilot/credits.ts';
import { reportFile } from '../../../../local/vendors/copilot/metrics.ts';
import { monthStart, nextMonth } from '../../../../local/vendors/copilot/seats.ts';
import { reportStore } from '../../../../local/vendors/copilot/store.ts';
import { installApp } from '../../../../local/vendors/github/app.ts';
import { bodyOf, get, MORNING, recorded, setting, shapeOf } from '../asking.ts';
import { authorizationOf } from '../github/app-token.ts';

const STORE = 'http://store.test';
const ORG = '/organizations/halden-systems/settings/billing';
const world = makeWorld({ ...setting, developers: 60 });
const app = installApp(setting.seed, 'copilot', () => MORNING);

const authorization = await authorizationOf(app);

function server(now = MORNING) {
  const credits = creditsOf(world);
  const store = reportStore(
    setting.seed,
    () => now,
    (path) => reportFile(credits, path, now),
  );
  store.at(STORE);
  const answers = copilotAnswers({ world, credits, app, store, now: () => now });
  return { store, credits, ask: (path: string) => answers(get(path, { authorization, 'user-agent': 'test' })) };
}

interface Item {
  readonly date: string;
  readonly sku: string;
  readonly quantity: number;
  readonly grossAmount: number;
  readonly discountAmount: number;
  readonly netAmount: number;
}
const items = (query: string, now?: number): readonly Item[] =>
  bodyOf(server(now).ask(`${ORG}/usage?${query}`)).usageItems;
const credit = (all: readonly Item[]) => all.filter(({ sku }) => sku === 'Copilot AI Credits');
const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((total, one) => total + one, 0) * 1000) / 1000;

describe('signing in', () => {
  it('takes the token that the app got by its key, and no other', () => {
    const answers = copilotAnswers({ ...server(), world, app, now: () => MORNING });
    const status = (headers: Record<string, string>) =>
      answers(get('/rate_limit', { 'user-agent': 'test', ...headers })).status;
    expect([status({ authorization }), status({ authorization: 'Bearer ghs_other' }), status({})]).toEqual([
      200, 401, 401,
    ]);
  });

  it('refuses an app that signs by another key', async () => {
    const secret = JSON.parse(app.secret);
    const other = JSON.parse(installApp(1, 'other', () => MORNING).secret);
    await expect(authorizationOf(app, JSON.stringify({ ...secret, privateKey: other.privateKey }))).rejects.toThrow(
      'got 401: A JSON web token could not be decoded',
    );
  });
});

describe('billing', () => {
  it('has the fields of a recorded answer', () => {
    expect(shapeOf(bodyOf(server().ask(`${ORG}/usage?year=2026&month=11`)))).toEqual(
      shapeOf(recorded('copilot-usage')),
    );
  });

  it('covers credits by the pool of the month until it is used up, and bills what comes after', () => {
    const october = credit(items('year=2026&month=10'));
    const seats = items('year=2026&month=10').filter(({ sku }) => sku === 'Copilot Business');
    const pool = (seats[0]?.quantity ?? 0) * 19;
    expect(seats[0]?.date).toBe('2026-10-01T00:00:00Z');
    expect(
      october.filter(({ grossAmount, discountAmount, netAmount }) => sum([discountAmount, netAmount]) !== grossAmount),
    ).toEqual([]);
    expect(sum(october.map(({ netAmount }) => netAmount))).toBeGreaterThan(5);
    expect(sum(october.map(({ discountAmount }) => discountAmount))).toBeLessThanOrEqual(pool + 19);
    const beyond = october.findIndex(({ netAmount }) => netAmount > 0);
    expect(beyond).toBeGreaterThan(15);
    expect(october.slice(beyond + 1).filter(({ discountAmount }) => discountAmount > 19)).toEqual([]);
  });

  it('bills a seat given within a month for the rest of it', () => {
    const large = makeWorld({ ...setting, developers: 200 });
    const { seats, billedOn } = creditsOf(large);
    const parts = seats
      .filter(({ from }) => from >= large.first && !dayText(from).endsWith('-01'))
      .map(({ from }) => {
        const ends = nextMonth(from);
        return billedOn(from).seatParts / ((ends - from) / (ends - monthStart(from)));
      });
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map((part) => Math.round(part / 100) * 100)).toEqual(parts.map(() => 10_000));
  });

  it('tells a day alone, a month, and nothing of a day that is not billed yet', () => {
    const dates = (query: string, now?: number) => new Set(items(query, now).map(({ date }) => date.slice(0, 10)));
    expect(dates('year=2026&month=11&day=3')).toEqual(new Set(['2026-11-03']));
    expect(dates('year=2026&month=11').size).toBe(24);
    expect(dates('year=2026&month=11', Date.parse('2026-11-25T04:00:00Z')).size).toBe(23);
  });

  it('counts the same credits by month as by day', () => {
    const [month] = bodyOf(server().ask(`${ORG}/ai_credit/usage?year=2026&month=11`)).usageItems;
    expect(month.grossQuantity).toBe(sum(credit(items('year=2026&month=11')).map(({ quantity }) => quantity)));
  });
});

describe('metrics', () => {
  const report = (day: string, now?: number) => {
    const { ask, store } = server(now);
    const answer = ask(`/orgs/halden-systems/copilot/metrics/reports/users-1-day?day=${day}`);
    const links: readonly string[] = answer.status === 204 ? [] : bodyOf(answer).download_links;
    const lines = links.flatMap((link) =>
      store
        .answers(get(link.replace(STORE, '')))
        .body.trim()
        .split('\n'),
    );
    return {
      status: answer.status,
      links,
      people: lines.filter((line) => line !== '').map((line) => JSON.parse(line)),
    };
  };

  it('lie behind links to another host, in parts', () => {
    const { links, people } = report('2026-11-18');
    expect(links.map((link) => link.replace(/\?.*/, ''))).toEqual(
      [1, 2].map((part) => `${STORE}/users-1-day/2026-11-18/part-${part}.ndjson`),
    );
    expect(people.length).toBeGreaterThan(8);
    expect(new Set(people.map(({ user_id }) => user_id)).size).toBe(people.length);
  });

  it('have the fields of a recorded line that a collector may look at', () => {
    const { people } = report('2026-11-18');
    const nested = /totals_by/;
    expect(shapeOf(people[0]).filter((path) => !nested.test(path))).toEqual(
      shapeOf(recorded('copilot-user-day')).filter((path) => !nested.test(path)),
    );
  });

  it('are refused to whoever sends a key along, has no signature, or comes late', () => {
    const [link = ''] = report('2026-11-18').links;
    const path = link.replace(STORE, '');
    const { store } = server();
    const late = server(MORNING + 16 * 60_000).store;
    expect([
      store.answers(get(path)).status,
      store.answers(get(path, { authorization })).status,
      store.answers(get(path.replace(/sig=\w/, 'sig=-'))).status,
      late.answers(get(path)).status,
    ]).toEqual([200, 400, 403, 403]);
  });

  it('are not there for a day whose report is not made yet', () => {
    expect([report('2026-11-24').status, report('2026-11-23').status, report('2020-01-01').status]).toEqual([
      204, 200, 204,
    ]);
  });

  it('miss late telemetry for three days, and some people for ever', () => {
    const used = (people: readonly { ai_credits_used: number }[]) =>
      sum(people.map(({ ai_credits_used }) => ai_credits_used));
    const [early, settled] = [Date.parse('2026-11-19T13:00:00Z'), MORNING].map(
      (now) => report('2026-11-18', now).people,
    );
    const billed = credit(items('year=2026&month=11&day=18'))[0]?.quantity ?? 0;
    expect(used(early ?? [])).toBeLessThan(used(settled ?? []));
    expect(used(settled ?? [])).toBeLessThan(billed);
  });
});

describe('seats', () => {
  it('come in pages that name the next one, each person once', () => {
    const { ask } = server();
    const pages: string[][] = [];
    let next: string | undefined = '/orgs/halden-systems/copilot/billing/seats?per_page=11';
    while (next !== undefined) {
      const answer = ask(next);
      pages.push(bodyOf(answer).seats.map((seat: { assignee: { login: string } }) => seat.assignee.login));
      next = /<http:\/\/[^/]*([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1];
    }
    expect(new Set(pages.flat()).size).toBe(bodyOf(ask('/orgs/halden-systems/copilot/billing')).seat_breakdown.total);
    expect(pages.length).toBeGreaterThan(2);
  });

  it('end with the month after their holder left, and some are never used', () => {
    const { ask } = server(Date.parse('2026-11-25T06:00:00Z'));
    const { seats } = bodyOf(ask('/orgs/halden-systems/copilot/billing/seats?per_page=100'));
    expect(
      seats.filter(({ last_activity_at: at }: { last_activity_at: string | null }) => at === null).length,
    ).toBeGreaterThan(0);
  });
});
