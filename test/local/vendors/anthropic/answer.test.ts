import { describe, expect, it } from 'vitest';
import { bodyOf, get, MORNING, more, recorded, shapeOf } from '../asking.ts';
import { ask, by, fresh, main, rows, signedIn, WEEK } from './asking.ts';

describe('refusals', () => {
  it.each([
    ['no start', 'ending_at=2026-11-09T00:00:00Z', 'starting_at: Field required'],
    [
      'buckets without an end',
      'starting_at=2026-11-02T00:00:00Z&time_bucket_width=1d',
      'ending_at: required with time_bucket_width',
    ],
    [
      'more than 31 days',
      'starting_at=2026-10-01T00:00:00Z&ending_at=2026-11-02T00:00:00Z&time_bucket_width=1d',
      'ending_at: range may span at most 31 days',
    ],
    [
      'minutes over more than a day',
      'starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-02T00:01:00Z&time_bucket_width=1m',
      'ending_at: range may span at most 24 hours with 1m',
    ],
    [
      'a start before 2026',
      'starting_at=2025-12-31T00:00:00Z&ending_at=2026-01-02T00:00:00Z',
      'starting_at: must be within the last 365 days and not before 2026-01-01T00:00:00Z',
    ],
    [
      'six dimensions',
      `${WEEK}&${by('actor', 'api_key_id', 'workspace_id', 'product', 'model', 'speed')}`,
      'group_by: at most 5 dimensions may be given',
    ],
    ['an unknown dimension', `${WEEK}&${by('team')}`, 'group_by: unknown dimension team'],
    [
      'order by time without buckets',
      'starting_at=2026-11-02T00:00:00Z&order_by=time',
      'order_by: time requires time_bucket_width',
    ],
    ['a limit above a thousand', `${WEEK}&limit=1001`, 'limit: must be between 1 and 1000'],
    [
      'deleted users left out without actors',
      `${WEEK}&exclude_deleted_users=true`,
      'exclude_deleted_users: requires group_by[]=actor',
    ],
    ['a parameter of another API', `${WEEK}&bucket_width=1d`, 'bucket_width: Extra inputs are not permitted'],
    ['an invented cursor', `${WEEK}&page=page_xyz`, 'page: invalid page token'],
  ])('answers 400 to %s', (_, query, message) => {
    const answer = ask(`analytics/usage?${query}`);
    expect([answer.status, bodyOf(answer).error]).toEqual([400, { type: 'invalid_request_error', message }]);
  });

  it('takes cost_type on the cost report only, beside five dimensions', () => {
    const five = by('actor', 'api_key_id', 'workspace_id', 'product', 'model');
    expect(ask(`analytics/usage?${WEEK}&${by('cost_type')}`).status).toBe(400);
    expect(ask(`analytics/cost?${WEEK}&${five}&${by('cost_type', 'token_type')}`).status).toBe(200);
  });

  it('answers 400 when a filter changes between two pages', () => {
    const answers = fresh();
    const page = bodyOf(ask(`analytics/usage?${WEEK}&limit=5&${by('actor')}`, answers)).next_page;
    const changed = ask(
      `analytics/usage?${WEEK}&limit=5&${by('actor')}&models[]=claude-opus-5-5&page=${page}`,
      answers,
    );
    expect([changed.status, bodyOf(changed).error.message]).toEqual([
      400,
      'page: parameters must not change while paging',
    ]);
  });

  it.each([
    ['no key', {}, 401, 'authentication_error'],
    ['a wrong key', { ...signedIn, 'x-api-key': 'sk-ant-admin01-wrong' }, 401, 'authentication_error'],
    ['a key that may only infer', { ...signedIn, 'x-api-key': 'sk-ant-api03-other' }, 403, 'permission_error'],
    ['no version', { 'x-api-key': main.adminKey }, 400, 'invalid_request_error'],
    ['no beta', { 'x-api-key': main.adminKey, 'anthropic-version': '2023-06-01' }, 400, 'invalid_request_error'],
    [
      'a bearer key among several betas',
      {
        authorization: `Bearer ${main.adminKey}`,
        'anthropic-version': '2026-10-21',
        'anthropic-beta': 'a-b, analytics-usage-cost-2026-08-24',
      },
      200,
      undefined,
    ],
  ])('meets %s as the vendor does', (_, headers, status, type) => {
    const answer = fresh()(get(`/v1/organizations/analytics/usage?${WEEK}`, headers));
    expect([answer.status, bodyOf(answer).error?.type]).toEqual([status, type]);
  });

  it('lets sixty reports a minute pass, then says how long to wait', () => {
    let now = MORNING;
    const answers = fresh(() => now);
    const statuses = Array.from({ length: 60 }, () => ask(`analytics/usage?${WEEK}`, answers).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    now += 20_000;
    const limited = ask(`analytics/usage?${WEEK}`, answers);
    expect([limited.status, limited.headers['retry-after'], bodyOf(limited).error.type]).toEqual([
      429,
      '40',
      'rate_limit_error',
    ]);
    now += 40_000;
    expect(ask(`analytics/usage?${WEEK}`, answers).status).toBe(200);
  });
});

describe('the directories', () => {
  it.each([
    ['users?limit=2', 'anthropic-users'],
    ['workspaces?include_default=true&include_archived=true&limit=1000', 'anthropic-workspaces'],
    ['api_keys?limit=2', 'anthropic-api-keys'],
  ])('answer %s in the recorded shape', (path, name) => {
    const tags = /\.tags\./;
    const owned = /created_by\.|principal\./;
    const plain = (shape: readonly string[]) => shape.filter((each) => !tags.test(each) && !owned.test(each));
    expect(plain(shapeOf(bodyOf(ask(path))))).toEqual(plain(shapeOf(recorded(name))));
  });

  it('page by the last id to the same entries as one large page', () => {
    const all = rows('users?limit=1000');
    const first = bodyOf(ask('users?limit=9'));
    const second = bodyOf(ask(`users?limit=1000&after_id=${first.last_id}`));
    expect([...first.data, ...second.data]).toEqual(all);
    expect([first.has_more, second.has_more]).toEqual([true, false]);
  });

  it('name the organisation, and keep service accounts from admin keys', () => {
    expect(bodyOf(ask('me'))).toEqual({ id: main.id, type: 'organization', name: 'Halden Systems' });
    expect(ask('service_accounts').status).toBe(403);
  });

  it('leave the archived workspace and the default one out unless asked for', () => {
    const names = (path: string): readonly string[] => rows(path).map(({ name }: { name: string }) => name);
    expect(
      more(names('workspaces?include_default=true&include_archived=true&limit=1000'), names('workspaces?limit=1000')),
    ).toEqual(['Default', 'pilot-2025']);
  });
});
