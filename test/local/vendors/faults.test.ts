import { describe, expect, it } from 'vitest';
import { anthropicAnswers } from '../../../local/vendors/anthropic/answer.ts';
import { anthropicFaults } from '../../../local/vendors/anthropic/faults.ts';
import { organisation } from '../../../local/vendors/anthropic/organisation.ts';
import { makeWorld } from '../../../local/vendors/company/world.ts';
import { type Disturbed, type Fault, faultsOf } from '../../../local/vendors/faults.ts';
import { githubAnswers } from '../../../local/vendors/github/answer.ts';
import { githubFaults } from '../../../local/vendors/github/faults.ts';
import type { Asked } from '../../../local/vendors/http-server.ts';
import { openaiAnswers } from '../../../local/vendors/openai/answer.ts';
import { openaiFaults } from '../../../local/vendors/openai/faults.ts';
import { organisation as openaiOrganisation } from '../../../local/vendors/openai/organisation.ts';
import { bodyOf, get, MORNING, setting } from './asking.ts';

const world = makeWorld(setting);
const main = organisation(world, 'main');
const openai = openaiOrganisation(world);
const now = () => MORNING;
const headers = {
  'x-api-key': main.adminKey,
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'analytics-usage-cost-2026-08-24',
};

/** Answers without a rate limit, so that a test may ask as often as it likes. */
const unlimited = (asked: Asked) => anthropicAnswers(world, main, now)(asked);
const disturbed = (level: 'none' | 'some' | 'many', seed = 1) => faultsOf(seed, level, anthropicFaults(now), unlimited);
const day = (number: number, page = '') => {
  const [from, to] = [number, number + 1].map((date) => `2026-10-${String(date).padStart(2, '0')}T00:00:00Z`);
  const window = `starting_at=${from}&ending_at=${to}&time_bucket_width=1d&limit=10&group_by[]=actor`;
  return get(`/v1/organizations/analytics/usage?${window}${page}`, headers);
};
const nextPage = (number: number) => `&page=${bodyOf(unlimited(day(number))).next_page}`;

/** Asks until nothing was done to the answer; the last one is it. */
function untilWhole(ask: (asked: Asked) => Disturbed, asked: Asked): readonly Disturbed[] {
  const seen: Disturbed[] = [];
  do seen.push(ask(asked));
  while (seen.at(-1)?.fault !== null);
  return seen;
}

describe('faults', () => {
  it('do not happen without being asked for', () => {
    const ask = disturbed('none');
    const seen = Array.from({ length: 28 }, (_, index) => ask(day(index + 1)).fault);
    expect(new Set(seen)).toEqual(new Set([null]));
  });

  it('pass after three tries at most, and then the answer is as if there had been none', () => {
    const ask = disturbed('many');
    const days = Array.from({ length: 28 }, (_, index) => day(index + 1));
    const seen = days.map((asked) => untilWhole(ask, asked));
    expect(Math.max(...seen.map(({ length }) => length))).toBeLessThanOrEqual(4);
    expect(seen.map((tries) => tries.at(-1)?.delivery)).toEqual(
      days.map((asked) => ({ kind: 'whole', answer: unlimited(asked) })),
    );
  });

  it('are the same for the same seed in any order of asking, and others for another seed', () => {
    const numbers = Array.from({ length: 28 }, (_, index) => index + 1);
    const told = (ask: (asked: Asked) => Disturbed, order: readonly number[]) =>
      Object.fromEntries(order.map((number) => [number, untilWhole(ask, day(number)).map(({ fault }) => fault)]));
    const forward = told(disturbed('many'), numbers);
    expect(told(disturbed('many'), numbers.toReversed())).toEqual(forward);
    expect(told(disturbed('many', 2), numbers)).not.toEqual(forward);
  });

  it('come in every kind', () => {
    const ask = disturbed('many');
    const asked = Array.from({ length: 29 }, (_, index) => index + 1).flatMap((number) => [
      day(number),
      day(number, nextPage(number)),
    ]);
    const seen = [1, 2, 3, 4, 5, 6].flatMap(() => asked.map((each) => ask(each).fault));
    const kinds: readonly (Fault | null)[] = [
      'limited',
      'limited_without_wait',
      'server_error',
      'bad_gateway',
      'overloaded',
      'silence',
      'cut',
      'truncated',
      'former_page',
      'expired_cursor',
      'empty_again',
      null,
    ];
    expect(new Set(seen)).toEqual(new Set(kinds));
  });

  it('empty a window only when it was answered before, and only once', () => {
    const asked = Array.from({ length: 28 }, (_, index) => day(index + 1));
    const ask = disturbed('many');
    const first = asked.flatMap((each) => untilWhole(ask, each).map(({ fault }) => fault));
    const again = asked.flatMap((each) => untilWhole(ask, each).map(({ fault }) => fault));
    const third = asked.flatMap((each) => untilWhole(ask, each).map(({ fault }) => fault));
    const emptied = (seen: readonly (Fault | null)[]) => seen.filter((fault) => fault === 'empty_again').length;
    expect([emptied(first), emptied(third)]).toEqual([0, 0]);
    expect(emptied(again)).toBeGreaterThan(5);
  });
});

describe('the words of each vendor', () => {
  const anthropic = anthropicFaults(now);
  const github = githubFaults(now);

  it('give the former page for the next cursor', () => {
    const first = unlimited(day(7));
    const second = day(7, nextPage(7));
    const former = anthropic.formerPage(second);
    expect(former === null ? null : unlimited(former).body).toBe(first.body);
    expect(anthropic.formerPage(day(7))).toBe(null);
    expect(anthropic.formerPage(day(7, '&page=nonsense'))).toBe(null);
  });

  it('give the former page of buckets for the next cursor', () => {
    const answers = openaiAnswers(world, openai, now);
    const signedIn = { authorization: `Bearer ${openai.adminKey}` };
    const path = `/v1/organization/costs?start_time=${Date.parse('2026-11-01T00:00:00Z') / 1000}&limit=5`;
    const first = answers(get(path, signedIn));
    const second = answers(get(`${path}&page=${bodyOf(first).next_page}`, signedIn));
    const formerOf = (page: string) => openaiFaults.formerPage(get(`${path}&page=${page}`, signedIn));
    const [beforeSecond, beforeThird] = [bodyOf(first), bodyOf(second)].map((body) => formerOf(body.next_page));
    expect([beforeSecond, beforeThird].map((asked) => (asked ? answers(asked).body : null))).toEqual([
      first.body,
      second.body,
    ]);
  });

  it('give the former page of a search for the next cursor', () => {
    const answers = githubAnswers(world, 'token', now);
    const query =
      'query($n:Int!,$c:String){ search(type: ISSUE, query: "org:halden-systems is:pr is:merged", first: $n, after: $c) { nodes { ... on PullRequest { url } } pageInfo { endCursor } } }';
    const asked = (cursor: string | null): Asked => ({
      ...get('/graphql', { authorization: 'Bearer token', 'user-agent': 'test' }),
      method: 'POST',
      body: JSON.stringify({ query, variables: { c: cursor, n: 5 } }),
    });
    const first = answers(asked(null));
    const former = github.formerPage(asked(bodyOf(first).data.search.pageInfo.endCursor));
    expect(former === null ? null : answers(former).body).toBe(first.body);
    expect(github.formerPage(asked(null))).toBe(null);
  });

  it.each([
    ['Anthropic with a wait', anthropic.limited(3), 429, '3'],
    ['Anthropic without', anthropic.limited(null), 429, undefined],
    ['OpenAI with a wait', openaiFaults.limited(3), 429, '3'],
    ['GitHub with a wait', github.limited(4), 403, '4'],
    ['GitHub without', github.limited(null), 403, undefined],
    ['GitHub with errors in a 200', github.limited(3), 200, undefined],
  ])('limit at %s', (_, answer, status, wait) => {
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, wait]);
  });

  it.each([
    [anthropic.failed(529), 529, 'overloaded_error'],
    [anthropic.failed(500), 500, 'api_error'],
    [openaiFaults.failed(529), 503, 'server_error'],
  ])('fail with %#', (answer, status, type) => {
    expect([answer.status, bodyOf(answer).error.type]).toEqual([status, type]);
  });
});
