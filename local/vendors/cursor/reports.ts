import { dayText } from '../calendar.ts';
import type { World } from '../company/world.ts';
import { type Answer, json } from '../http-server.ts';
import { type Cycle, cycleAt } from './cycle.ts';
import { type CursorEvent, centsOf, eventsBetween } from './events.ts';
import { InvalidRequest } from './refusal.ts';
import { type CursorTeam, groupOf, hasJoined, isRemoved } from './team.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 30;
const LIMIT_DOLLARS = 100;

/** What the team's reports are made of. */
export interface Reporting {
  readonly world: World;
  readonly team: CursorTeam;
  readonly ofCycle: (cycle: Cycle) => readonly CursorEvent[];
  readonly now: number;
}

/** A question's body, as far as it is looked at. */
export type Body = Readonly<Record<string, unknown>>;

function whole(body: Body, name: string, usual: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = body[name] ?? usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidRequest(`Invalid ${name}`);
}

/** The members, removed ones too. */
export function memberReport({ team, now }: Reporting): Answer {
  const day = Math.floor(now / DAY_MS);
  const teamMembers = team.people
    .filter((person) => hasJoined(person, day))
    .map((person) => ({
      id: team.userId(person),
      name: person.name,
      email: team.email(person),
      role: team.role(person),
      isRemoved: isRemoved(person, day),
    }));
  return json(200, { teamMembers });
}

/** Events of a span, newest first. */
export function eventReport({ team, ofCycle, now }: Reporting, body: Body): Answer {
  const period = {
    startDate: whole(body, 'startDate', now - MOST_DAYS * DAY_MS),
    endDate: whole(body, 'endDate', now),
  };
  if (period.endDate - period.startDate > MOST_DAYS * DAY_MS)
    throw new InvalidRequest('Date range cannot exceed 30 days');
  const [page, pageSize] = [whole(body, 'page', 1), whole(body, 'pageSize', 10, 1000)];
  const events = eventsBetween(ofCycle, period.startDate, period.endDate, now).toReversed();
  const numPages = Math.ceil(events.length / pageSize);
  return json(200, {
    totalUsageEventsCount: events.length,
    pagination: { numPages, currentPage: page, pageSize, hasNextPage: page < numPages, hasPreviousPage: page > 1 },
    usageEvents: events.slice((page - 1) * pageSize, page * pageSize).map((event) => shown(team, event)),
    period,
  });
}

function shown(team: CursorTeam, event: CursorEvent): object {
  const { tokens } = event;
  const tokenUsage = {
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    cacheWriteTokens: tokens.write,
    cacheReadTokens: tokens.read,
    totalCents: centsOf(event.total),
  };
  return {
    timestamp: String(event.at),
    userEmail: team.email(event.person),
    conversationId: event.conversation,
    model: event.model,
    kind: event.kind,
    maxMode: event.maxMode,
    requestsCosts: Math.round(Number(event.charged / 400_000n)) / 10,
    isTokenBasedCall: true,
    isChargeable: event.kind === 'Usage-based',
    isHeadless: event.isHeadless,
    tokenUsage,
    chargedCents: centsOf(event.charged),
    ...(event.fee > 0n ? { cursorTokenFee: centsOf(event.fee) } : {}),
    isFreeBugbot: false,
  };
}

/** What each member spent and used in the cycle that runs, by person. */
export function spendReport({ world, team, ofCycle, now }: Reporting, body: Body): Answer {
  const [page, pageSize] = [whole(body, 'page', 1), whole(body, 'pageSize', 25, 500)];
  // The made-up history ends; its last cycle is shown from then on.
  const cycle = cycleAt(Math.min(now, (world.last + 1) * DAY_MS - 1));
  const day = Math.floor(now / DAY_MS);
  const people = team.people.filter((person) => hasJoined(person, day) && team.role(person) !== 'free-owner');
  const events = eventsBetween(ofCycle, cycle.from, cycle.to, now);
  const teamMemberSpend = people.slice((page - 1) * pageSize, page * pageSize).map((person) => {
    const own = events.filter((event) => event.person === person);
    const sum = (of: readonly CursorEvent[]): bigint => of.reduce((total, { charged }) => total + charged, 0n);
    return {
      userId: team.userId(person),
      name: person.name,
      email: team.email(person),
      role: team.role(person),
      profilePictureUrl: null,
      spendCents: centsOf(sum(own.filter(({ kind }) => kind === 'Usage-based'))),
      overallSpendCents: centsOf(sum(own)),
      fastPremiumRequests: 0,
      hardLimitOverrideDollars: 0,
      monthlyLimitDollars: null,
      effectivePerUserLimitDollars: LIMIT_DOLLARS,
    };
  });
  const totalPages = Math.ceil(people.length / pageSize);
  const totals = { totalMembers: people.length, totalPages, limitedUsersCount: 0 };
  return json(200, { teamMemberSpend, subscriptionCycleStart: cycle.from, ...totals });
}

/** Billing groups, one a team of the company, with their members now. */
export function groupReport({ world, team, now }: Reporting): Answer {
  const day = Math.min(world.last, Math.floor(now / DAY_MS));
  const cycle = cycleAt(now);
  const created = `${dayText(world.first)}T10:00:00.000Z`;
  const inGroup = (id: string | null): object[] =>
    team.people
      .filter((person) => hasJoined(person, day) && !isRemoved(person, day) && groupOf(person, day) === id)
      .map((person) => ({
        userId: team.userId(person),
        name: person.name,
        email: team.email(person),
        joinedAt: created,
        leftAt: null,
        spendCents: 0,
      }));
  const group = (id: string | null, name: string): object => {
    const currentMembers = inGroup(id);
    return {
      id: `group_${id ?? 'unassigned'}`,
      name,
      type: 'BILLING',
      directoryGroupId: null,
      memberCount: currentMembers.length,
      createdAt: created,
      updatedAt: created,
      spendCents: 0,
      currentMembers,
      formerMembers: [],
      dailySpend: [],
    };
  };
  return json(200, {
    groups: world.teams.filter(({ isLeaf }) => isLeaf).map(({ id, name }) => group(id, name)),
    unassignedGroup: group(null, 'Unassigned'),
    billingCycle: { cycleStart: new Date(cycle.from).toISOString(), cycleEnd: new Date(cycle.to).toISOString() },
  });
}
