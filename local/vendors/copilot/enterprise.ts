import { COMPANY, type World } from '../company/world.ts';
import { type Answer, json } from '../http-server.ts';
import { billedLines, daysAsked } from './billing.ts';
import type { Credits } from './credits.ts';
import { paidOn, type Seat } from './seats.ts';

/** The company's enterprise account, and its organisations beside the main one. */
export const ENTERPRISE = { slug: 'halden-group', labs: 'halden-labs' } as const;

/** Cost centres by share of the people: the first third, the second; the others have none. */
const CENTRES = [
  { id: '2eeb8ffe-6903-11ee-8c99-0242ac120002', name: 'CC-100 Products' },
  { id: '3ffb9ffe-6903-11ee-8c99-0242ac120003', name: 'CC-200 Platform' },
] as const;
const PARTS = CENTRES.length + 1;

/** Of whom every fourth has a seat from both organisations, which is paid once. */
const BOTH = 4;

/** What a question of the enterprise is answered from. */
export interface EnterpriseParts {
  readonly world: World;
  readonly credits: Credits;
  readonly now: () => number;
  readonly seatOf: (seat: Seat) => object;
  readonly report: (query: URLSearchParams) => Answer;
}

type Route = (query: URLSearchParams, base: string) => Answer;

/** Answers about the whole enterprise: seats by grant, reports by day, and billing by cost centre. */
export function enterpriseRoutes(parts: EnterpriseParts): Readonly<Record<string, Route>> {
  const path = `/enterprises/${ENTERPRISE.slug}`;
  return {
    [`${path}/copilot/billing/seats`]: (query, base) => seats(parts, query, `${base}${path}/copilot/billing/seats`),
    [`${path}/copilot/metrics/reports/users-1-day`]: parts.report,
    [`${path}/settings/billing/cost-centers`]: () =>
      json(200, {
        costCenters: CENTRES.map((centre) => ({
          ...centre,
          state: 'active',
          azure_subscription: null,
          ai_credit_pool_enabled: false,
          resources: [],
        })),
      }),
    [`${path}/settings/billing/usage`]: (query) => json(200, { usageItems: usage(parts, query) }),
    [`${path}/settings/billing/budgets`]: () => json(200, { budgets: [], has_next_page: false, total_count: 0 }),
  };
}

function seats({ credits, now, seatOf }: EnterpriseParts, query: URLSearchParams, at: string): Answer {
  const paid = paidOn(credits.seats, Math.floor(now() / 86_400_000));
  const grants = paid.flatMap((seat) => {
    const of = (login: string): object => ({ ...seatOf(seat), organization: { login, id: login.length } });
    const main = of(COMPANY.githubOrganisation);
    return seat.person.index % BOTH === 0 ? [main, of(ENTERPRISE.labs)] : [main];
  });
  const size = Math.min(100, Number(query.get('per_page') ?? 50));
  const page = Number(query.get('page') ?? 1);
  const hasMore = page * size < grants.length;
  const next = `<${at}?page=${page + 1}&per_page=${size}>; rel="next"`;
  return json(
    200,
    { total_seats: paid.length, seats: grants.slice((page - 1) * size, page * size) },
    hasMore ? { link: next } : {},
  );
}

/** Usage of a cost centre, `none` or unsaid: of what has none. */
function usage({ world, credits, now }: EnterpriseParts, query: URLSearchParams): readonly object[] {
  const centre = query.get('cost_center_id') ?? 'none';
  const found = CENTRES.findIndex(({ id }) => id === centre);
  if (found < 0 && centre !== 'none') return [];
  const part = found < 0 ? PARTS - 1 : found;
  return daysAsked(world, query, now()).flatMap((day) => {
    const { tenths, covered, seatParts } = credits.billedOn(day);
    return billedLines(day, {
      tenths: shareOf(tenths, part),
      covered: shareOf(covered, part),
      seatParts: shareOf(seatParts, part),
    });
  });
}

/** An equal part of a whole number; the last one has what rounding leaves. */
function shareOf(whole: number, part: number): number {
  const each = Math.floor(whole / PARTS);
  return part < PARTS - 1 ? each : whole - each * (PARTS - 1);
}
