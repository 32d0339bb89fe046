import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { copilotAnswers } from '../../../../local/vendors/copilot/answer.ts';
import { creditsOf } from '../../../../local/vendors/copilot/credits.ts';
import { ENTERPRISE } from '../../../../local/vendors/copilot/enterprise.ts';
import { paidOn } from '../../../../local/vendors/copilot/seats.ts';
import { reportStore } from '../../../../local/vendors/copilot/store.ts';
import { installApp } from '../../../../local/vendors/github/app.ts';
import { sum } from '../../../../shared/money.ts';
import type { AnySource, Ask } from '../../../../shared/source.ts';
import { copilotCosts } from '../../../../shared/sources/copilot/costs.ts';
import { copilotLimits } from '../../../../shared/sources/copilot/limits.ts';
import { copilotSeats } from '../../../../shared/sources/copilot/seats.ts';
import { asking, connectionTo, converse } from '../../../shared/sources/recorded.ts';
import { get, MORNING, setting } from '../asking.ts';
import { authorizationOf } from '../github/app-token.ts';

const world = makeWorld({ ...setting, developers: 60 });
const credits = creditsOf(world);
const app = installApp(setting.seed, 'copilot', () => MORNING);
const authorization = await authorizationOf(app);
const store = reportStore(
  setting.seed,
  () => MORNING,
  () => null,
);
const answers = copilotAnswers({ world, credits, app, store, now: () => MORNING });
const told = ({ url }: Ask) =>
  answers(get(url.replace('https://github.test', ''), { authorization, 'user-agent': 'test', host: 'github.test' }));

const today = new Date(MORNING).toISOString().slice(0, 10);
const month = `${today.slice(0, 7)}-01`;
const base = connectionTo('copilot', 'https://github.test');
const enterprise = { ...base, settings: { enterprise: ENTERPRISE.slug } };
const organisation = { ...base, settings: { organization: 'halden-systems' } };
const heard = (source: AnySource, connection: typeof base, perPage = 100) =>
  converse(
    source,
    asking(connection, month, today),
    (ask) => told({ ...ask, url: ask.url.replace('per_page=100', `per_page=${perPage}`) }).body,
    (ask) =>
      /<(.*)>/.exec(
        told({ ...ask, url: ask.url.replace('per_page=100', `per_page=${perPage}`) }).headers.link ?? '',
      )?.[1] ?? null,
  );

describe('the simulated enterprise', () => {
  it('gives seats by the page, a person once for each organisation, and is read as seats paid once', () => {
    const { asks, answers: pages, rows } = heard(copilotSeats as unknown as AnySource, enterprise, 10);
    const grants = pages.flatMap(({ page }) => (page as { seats: unknown[] }).seats).length;
    const paid = paidOn(credits.seats, Math.floor(MORNING / 86_400_000)).length;
    expect(asks).toHaveLength(Math.ceil(grants / 10));
    expect(grants).toBeGreaterThan(paid);
    expect(rows).toHaveLength(paid);
    expect(new Set(rows.map(({ workspace_id }) => workspace_id))).toEqual(new Set(['halden-systems', null]));
  });

  it('bills by cost centre what its organisation would be billed, each dollar and credit once', () => {
    const [whole, parts] = [organisation, enterprise].map(
      (connection) => heard(copilotCosts as unknown as AnySource, connection).rows,
    );
    const totals = (rows: typeof whole) =>
      (['billed_cost', 'list_cost', 'quantity'] as const).map((name) =>
        sum((rows ?? []).map((row) => String(row[name]))),
      );
    expect(totals(parts)).toEqual(totals(whole));
    expect(Number(totals(parts)[0])).toBeGreaterThan(0);
    expect(new Set(parts?.map(({ workspace_id }) => workspace_id)).size).toBe(3);
  });

  it('has no budgets and no pools of cost centres', () => {
    expect(heard(copilotLimits as unknown as AnySource, enterprise).rows).toEqual([]);
  });
});
