import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { accountOf } from '../../../../local/vendors/openrouter/account.ts';
import { openrouterAnswers } from '../../../../local/vendors/openrouter/answer.ts';
import { recorded } from '../../../shared/sources/recorded.ts';
import { bodyOf, get, MORNING, more, setting, shapeOf } from '../asking.ts';

const world = makeWorld(setting);
const account = accountOf(world);
const answers = openrouterAnswers(world, account, () => MORNING);
const ask = (path: string, key = account.managementKey) =>
  answers(get(`/api/v1/${path}`, { authorization: `Bearer ${key}` }));
const DAY = 'activity?date=2026-11-20&group_by=workspace';
const requests = (path: string): number =>
  bodyOf(ask(path)).data.reduce((sum: number, line: { requests: number }) => sum + line.requests, 0);

describe('the simulated OpenRouter', () => {
  it.each([
    ['activity.group_by_workspace', DAY, 'activity'],
    ['credits', 'credits', 'credits'],
    ['workspaces', 'workspaces?offset=0&limit=100', 'workspaces'],
    ['members', 'organization/members?offset=0&limit=100', 'organization_members'],
  ])('has nothing in %s that the real one has not', (_name, path, file) => {
    expect(more(shapeOf(bodyOf(ask(path))), shapeOf(JSON.parse(recorded(`openrouter/${file}`))))).toEqual([]);
  });

  it('tells less by key than in all: the chat has none', () => {
    const byKey = account.keys.map(({ hash }) => requests(`${DAY}&api_key_hash=${hash}`));
    expect(byKey.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(requests(DAY));
    expect(requests(DAY)).toBeGreaterThan(0);
  });

  it('bills a fee alone where a key of our own pays upstream', () => {
    const own = account.keys.find(({ isOwn }) => isOwn)?.hash;
    const days = ['16', '17', '18', '19', '20', '23', '24'];
    const lines = days.flatMap((day) => bodyOf(ask(`activity?date=2026-11-${day}&api_key_hash=${own}`)).data);
    const paid = lines.filter(({ byok_usage_inference }) => byok_usage_inference > 0);
    expect(paid.length).toBeGreaterThan(0);
    expect(paid.every((line) => Math.abs(line.usage - line.byok_usage_inference * 0.05) < 1e-9)).toBe(true);
  });

  it('tells thirty completed days and no other', () => {
    const statuses = ['2026-10-25', '2026-10-26', '2026-11-24', '2026-11-25'].map(
      (day) => ask(`activity?date=${day}`).status,
    );
    expect(statuses).toEqual([400, 200, 200, 400]);
  });

  it('refuses a key that is none for management', () => {
    expect(ask('credits', 'sk-or-v1-other').status).toBe(403);
  });
});
