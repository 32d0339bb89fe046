import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { litellmAnswers } from '../../../../local/vendors/litellm/answer.ts';
import { gatewayOf } from '../../../../local/vendors/litellm/gateway.ts';
import { recorded } from '../../../shared/sources/recorded.ts';
import { bodyOf, get, MORNING, more, setting, shapeOf } from '../asking.ts';

const world = makeWorld(setting);
const gateway = gatewayOf(world);
const ask = (query: string, now = MORNING) =>
  litellmAnswers(
    world,
    gateway,
    () => now,
  )(get(`/spend/logs/v2?${query}`, { authorization: `Bearer ${gateway.adminKey}` }));
const DAY = 'start_date=2026-11-20+00:00:00&end_date=2026-11-21+00:00:00';
const ids = (query: string): string[] =>
  bodyOf(ask(query)).data.map(({ request_id }: { request_id: string }) => request_id);

describe('the simulated LiteLLM proxy', () => {
  it('has nothing in a log that the real one has not', () => {
    const real = shapeOf(JSON.parse(recorded('litellm/spend_logs_v2.page1')));
    expect(more(shapeOf(bodyOf(ask(`${DAY}&page=1&page_size=5`))), real)).toEqual([]);
  });

  it('gives each request once over its pages', () => {
    const { total, total_pages } = bodyOf(ask(`${DAY}&page=1&page_size=20`));
    const pages = Array.from({ length: total_pages }, (_, i) => ids(`${DAY}&page=${i + 1}&page_size=20`)).flat();
    expect([total_pages > 1, pages.length, new Set(pages).size]).toEqual([true, total, total]);
  });

  it('logs nothing that has not happened yet', () => {
    const noon = Date.parse('2026-11-20T12:00:00Z');
    const { data } = bodyOf(ask(`${DAY}&page=1&page_size=1000`, noon));
    expect(data.length).toBeGreaterThan(0);
    expect(data.filter(({ startTime }: { startTime: string }) => Date.parse(startTime) > noon)).toEqual([]);
  });

  it.each([
    ['times that are none', 'start_date=2026-11-20&end_date=2026-11-21', 400],
    ['pages too large', `${DAY}&page=1&page_size=1001`, 422],
  ])('refuses %s', (_name, query, status) => {
    expect(ask(query).status).toBe(status);
  });
});
