import { dayNumber, dayText } from '../calendar.ts';
import { COMPANY, type World } from '../company/world.ts';
import { refuse } from '../github/answer.ts';
import type { App } from '../github/app.ts';
import { hourlyPoints } from '../github/points.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { creditItems, seatBreakdown, usageItems } from './billing.ts';
import type { Credits } from './credits.ts';
import { enterpriseRoutes } from './enterprise.ts';
import { reportFiles } from './metrics.ts';
import { PLAN, paidOn, type Seat } from './seats.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
/** The id by which GitHub's own links name the organisation. */
const ORGANISATION_ID = 999;

/** What the simulated Copilot is made of. */
export interface CopilotParts {
  readonly world: World;
  readonly credits: Credits;
  readonly app: App;
  readonly store: Store;
  /** The laptop's clock, epoch milliseconds. */
  readonly now: () => number;
}

/** Answers as GitHub's REST API does about the organisation's Copilot. */
export function copilotAnswers({ world, credits, app, store, now }: CopilotParts): (asked: Asked) => Answer {
  const points = hourlyPoints(now);
  const name = COMPANY.githubOrganisation;
  const today = (): number => Math.floor(now() / DAY_MS);
  const month = (query: URLSearchParams) => ({ year: Number(query.get('year')), month: Number(query.get('month')) });

  const report = (query: URLSearchParams): Answer => {
    const day = query.get('day');
    if (day === null) return refuse(422, 'Invalid request. "day" wasn\'t supplied.');
    const files = reportFiles(world, dayNumber(day), now());
    return files.length === 0
      ? { status: 204, headers: {}, body: '' }
      : json(200, { download_links: files.map(store.link), report_day: day });
  };
  const routes: Readonly<Record<string, (query: URLSearchParams, base: string) => Answer>> = {
    '/rate_limit': () => json(200, { rate: { limit: 5000 } }),
    [`/orgs/${name}/copilot/billing`]: () =>
      json(200, { seat_breakdown: seatBreakdown(credits, today()), plan_type: 'business' }),
    [`/orgs/${name}/copilot/billing/seats`]: (query, base) => seatsPage(credits, today(), query, base),
    [`/organizations/${ORGANISATION_ID}/copilot/billing/seats`]: (query, base) =>
      seatsPage(credits, today(), query, base),
    [`/orgs/${name}/copilot/metrics/reports/users-1-day`]: report,
    ...enterpriseRoutes({ world, credits, now, report, seatOf: (seat) => seatOf(credits, seat, today()) }),
    [`/organizations/${name}/settings/billing/usage`]: (query) =>
      json(200, { usageItems: usageItems(world, credits, query, now()) }),
    [`/organizations/${name}/settings/billing/ai_credit/usage`]: (query) =>
      json(200, {
        timePeriod: month(query),
        organization: name,
        usageItems: creditItems(world, credits, query, now()),
      }),
    [`/organizations/${name}/settings/billing/budgets`]: () =>
      json(200, { budgets: [budget(world)], has_next_page: false, total_count: 1 }),
  };

  return (asked) => {
    const { method, path, headers, query } = asked;
    if (headers['user-agent'] === undefined) return refuse(403, 'Request forbidden by administrative rules.');
    const signIn = app.answer(asked);
    if (signIn !== null) return signIn;
    const given = bearer(headers);
    if (given === null) return refuse(401, 'Requires authentication');
    if (!app.accepts(given)) return refuse(401, 'Bad credentials');
    const { limit, remaining, resetAt } = points();
    const left = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, remaining)),
      'x-ratelimit-reset': String(resetAt),
    };
    if (remaining < 0) return refuse(403, 'API rate limit exceeded for installation ID 40000012.', left);
    const route = method === 'GET' ? routes[path] : undefined;
    const answer = route?.(query, `http://${headers.host ?? ''}`) ?? refuse(404, 'Not Found');
    return { ...answer, headers: { ...answer.headers, ...left } };
  };
}

function seatsPage(credits: Credits, today: number, query: URLSearchParams, base: string): Answer {
  const paid = paidOn(credits.seats, today);
  const size = Math.min(100, Number(query.get('per_page') ?? 50));
  const page = Number(query.get('page') ?? 1);
  const begins = (page - 1) * size;
  const next = `${base}/organizations/${ORGANISATION_ID}/copilot/billing/seats?page=${page + 1}&per_page=${size}`;
  const seats = paid.slice(begins, begins + size).map((seat) => seatOf(credits, seat, today));
  const hasMore = begins + size < paid.length;
  return json(200, { total_seats: paid.length, seats }, hasMore ? { link: `<${next}>; rel="next"` } : {});
}

function seatOf(credits: Credits, { person, from, to }: Seat, today: number): object {
  const created = `${dayText(Math.max(from, dayNumber('2025-02-03')))}T10:00:00Z`;
  const last = lastUse(credits, person.index, today);
  return {
    created_at: created,
    updated_at: created,
    pending_cancellation_date: to === null ? null : dayText(to),
    last_activity_at: last === null ? null : `${dayText(last)}T15:00:00Z`,
    last_activity_editor: last === null ? null : 'vscode/1.108.0/copilot/1.388.0',
    last_authenticated_at: last === null ? null : `${dayText(last)}T08:00:00Z`,
    plan_type: 'business',
    assignee: { login: person.githubLogin, id: person.githubId, type: 'User', site_admin: false },
    assigning_team: null,
  };
}

const SEEN_DAYS = 90;

function lastUse(credits: Credits, index: number, today: number): number | null {
  for (let day = today - 1; day > today - SEEN_DAYS; day -= 1)
    if (credits.usedOn(day).some(({ seat }) => seat.person.index === index && seat.isSeen)) return day;
  return null;
}

function budget({ people }: World): object {
  return {
    id: '2066deda-923f-43f9-88d2-62395a28c0cd',
    budget_type: 'BundlePricing',
    budget_product_sku: 'ai_credits',
    budget_scope: 'organization',
    budget_amount: Math.max(50, Math.ceil((people.length * PLAN.dollars) / 200) * 50),
    prevent_further_usage: false,
    budget_entity_name: COMPANY.githubOrganisation,
    budget_alerting: { will_alert: true, alert_recipients: [] },
  };
}
