import { dayText } from '../calendar.ts';
import { COMPANY, type World } from '../company/world.ts';
import type { Billed, Credits } from './credits.ts';
import { PLAN, paidOn } from './seats.ts';

const DAY_MS = 86_400_000;
/** Hours after a day's end until it is billed. */
const BILLED_AFTER_HOURS = 5;

/** Credits a dollar, with a place more for tenths. */
const TENTHS_A_DOLLAR = 1000;

/** Lines of the usage report of the days that a question names; without a month, of its whole year. */
export function usageItems(world: World, credits: Credits, query: URLSearchParams, now: number): readonly object[] {
  return daysAsked(world, query, now).flatMap((day) => billedLines(day, credits.billedOn(day)));
}

/** The lines of one day: seats, credits, and what is none of Copilot's. */
export function billedLines(day: number, { tenths, covered, seatParts }: Billed): readonly object[] {
  const line = {
    date: `${dayText(day)}T00:00:00Z`,
    product: 'Copilot',
    organizationName: COMPANY.githubOrganisation,
  };
  const seats = {
    ...line,
    sku: 'Copilot Business',
    quantity: seatParts / 10_000,
    unitType: 'user-months',
    pricePerUnit: PLAN.dollars,
    grossAmount: (seatParts * PLAN.dollars) / 10_000,
    discountAmount: 0,
    netAmount: (seatParts * PLAN.dollars) / 10_000,
  };
  const used = {
    ...line,
    sku: 'Copilot AI Credits',
    quantity: tenths / 10,
    unitType: 'ai-credits',
    pricePerUnit: 0.01,
    grossAmount: tenths / TENTHS_A_DOLLAR,
    discountAmount: covered / TENTHS_A_DOLLAR,
    netAmount: (tenths - covered) / TENTHS_A_DOLLAR,
  };
  // GitHub bills the organisation's builds in the same report.
  const build = {
    ...line,
    product: 'Actions',
    sku: 'Actions Linux',
    quantity: 210,
    unitType: 'minutes',
    pricePerUnit: 0.006,
    grossAmount: 1.26,
    discountAmount: 1.26,
    netAmount: 0,
    repositoryName: `${COMPANY.githubOrganisation}/platform`,
  };
  return [...(seatParts > 0 ? [seats] : []), ...(tenths > 0 ? [used] : []), build];
}

/** Credits of the days asked for, model by model. */
export function creditItems(world: World, credits: Credits, query: URLSearchParams, now: number): readonly object[] {
  const days = daysAsked(world, query, now).map((day) => credits.billedOn(day));
  const [tenths, covered] = [sum(days.map((day) => day.tenths)), sum(days.map((day) => day.covered))];
  const part = (name: string, of: number) => ({
    [`${name}Quantity`]: of / 10,
    [`${name}Amount`]: of / TENTHS_A_DOLLAR,
  });
  return [
    {
      product: 'Copilot',
      sku: 'Copilot AI Credits',
      model: 'Claude Sonnet 5.5',
      unitType: 'ai-credits',
      pricePerUnit: 0.01,
      ...part('gross', tenths),
      ...part('discount', covered),
      ...part('net', tenths - covered),
    },
  ];
}

/** How many seats there are, by what the vendor says of them. */
export function seatBreakdown({ seats }: Credits, today: number): object {
  const paid = paidOn(seats, today);
  const idle = paid.filter(({ isIdle }) => isIdle).length;
  return {
    total: paid.length,
    added_this_cycle: 0,
    pending_invitation: 0,
    pending_cancellation: paid.filter(({ to }) => to !== null).length,
    active_this_cycle: paid.length - idle,
    inactive_this_cycle: idle,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The days that a question names, as far as they are billed yet. */
export function daysAsked({ first, last }: World, query: URLSearchParams, now: number): readonly number[] {
  const year = query.get('year') ?? dayText(Math.floor(now / DAY_MS)).slice(0, 4);
  const padded = (name: string): string | null => query.get(name)?.padStart(2, '0') ?? null;
  const asked = [year, padded('month'), padded('day')].filter((part) => part !== null).join('-');
  const billed = Math.floor((now - BILLED_AFTER_HOURS * 3_600_000) / DAY_MS) - 1;
  const days: number[] = [];
  for (let day = first; day <= Math.min(last, billed); day += 1) if (dayText(day).startsWith(asked)) days.push(day);
  return days;
}
