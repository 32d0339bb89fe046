import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { devinAnswers } from '../../../../local/vendors/devin/answer.ts';
import { enterpriseOf } from '../../../../local/vendors/devin/enterprise.ts';
import { recorded } from '../../../shared/sources/recorded.ts';
import { bodyOf, get, MORNING, more, setting, shapeOf } from '../asking.ts';

const world = makeWorld(setting);
const enterprise = enterpriseOf(world);
const at = (now: number) => devinAnswers(world, enterprise, () => now);
const ask = (path: string, key = enterprise.key, now = MORNING) =>
  at(now)(get(`/v3/enterprise/${path}`, { authorization: `Bearer ${key}` }));
const seconds = (day: string): number => Date.parse(`${day}T08:00:00Z`) / 1000;
const span = (from: string, to: string): string => `time_after=${seconds(from)}&time_before=${seconds(to)}`;
const WEEK = span('2026-11-16', '2026-11-23');
const total = (path: string): number => bodyOf(ask(path)).total_acus;

describe('the simulated Devin', () => {
  it.each([
    ['consumption', `consumption/daily?${WEEK}`, 'consumption_daily'],
    ['people', 'members/users', 'members_users.page1'],
    ['people by a group', 'members/idp-users', 'members_idp-users.page1'],
    ['programs', 'members/service-users', 'members_service-users.page1'],
  ])('has nothing in %s that the real one has not', (_name, path, file) => {
    expect(bodyOf(ask(path)).total ?? total(path)).toBeGreaterThan(0);
    expect(more(shapeOf(bodyOf(ask(path))), shapeOf(JSON.parse(recorded(`devin/${file}`))))).toEqual([]);
  });

  it('tells of members no more than of all: somebody has left', () => {
    const month = span('2026-10-26', '2026-11-25');
    const byMember = enterprise.members.map(({ id, person }) =>
      total(`consumption/daily/${person === null ? 'service-users' : 'users'}/${id}?${month}`),
    );
    const sum = byMember.reduce((all, one) => all + one, 0);
    expect([sum > 0, sum < total(`consumption/daily?${month}`)]).toEqual([true, true]);
  });

  it('tells a part of a day that still runs, and each day by the instant at which it begins', () => {
    const last = `consumption/daily?${span('2026-11-24', '2026-11-25')}`;
    const [early, late] = [MORNING, MORNING + 3 * 3_600_000].map((now) => bodyOf(ask(last, undefined, now)));
    expect(early.total_acus).toBeLessThan(late.total_acus);
    expect(late.consumption_by_date.map(({ date }: { date: number }) => date)).toEqual([seconds('2026-11-24')]);
  });

  it('pages by cursor', () => {
    const first = bodyOf(ask('members/users?first=1'));
    const rest = bodyOf(ask(`members/users?first=200&after=${first.end_cursor}`));
    expect([...first.items, ...rest.items]).toEqual(bodyOf(ask('members/users')).items);
    expect([first.has_next_page, rest.has_next_page, rest.end_cursor]).toEqual([true, false, null]);
  });

  it.each([
    ['another key', `consumption/daily?${WEEK}`, 'cog_other', 401],
    ['a member who is none', `consumption/daily/users/user-nobody?${WEEK}`, undefined, 404],
    ['days that end before they begin', `consumption/daily?${span('2026-11-20', '2026-11-19')}`, undefined, 422],
    ['a page too long', 'members/users?first=201', undefined, 422],
    ['what it does not have', 'sessions', undefined, 404],
  ])('refuses %s', (_what, path, key, status) => {
    expect(ask(path, key).status).toBe(status);
  });
});
