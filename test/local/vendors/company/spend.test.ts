import { describe, expect, it } from 'vitest';
import { chargesOf } from '../../../../local/vendors/anthropic/billing.ts';
import { legacyPeopleUsage } from '../../../../local/vendors/anthropic/legacy-people-usage.ts';
import { organisation } from '../../../../local/vendors/anthropic/organisation.ts';
import { peopleUsage } from '../../../../local/vendors/anthropic/people-usage.ts';
import { serviceUsage } from '../../../../local/vendors/anthropic/service-usage.ts';
import { dayNumber, isWeekend } from '../../../../local/vendors/calendar.ts';
import { teamOn } from '../../../../local/vendors/company/people.ts';
import { makeWorld, type World } from '../../../../local/vendors/company/world.ts';
import { linesOf } from '../../../../local/vendors/openai/billing.ts';
import { organisation as openaiOrganisation } from '../../../../local/vendors/openai/organisation.ts';
import { peopleUsage as openaiPeople } from '../../../../local/vendors/openai/people-usage.ts';
import { serviceUsage as openaiServices } from '../../../../local/vendors/openai/service-usage.ts';

interface Spend {
  readonly day: number;
  readonly person: number | null;
  readonly keyId: string | null;
  readonly model: string | null;
  readonly dollars: number;
}

function spendOf(world: World): readonly Spend[] {
  const days = Array.from({ length: world.last - world.first + 1 }, (_, index) => world.first + index);
  const openai = openaiOrganisation(world);
  const personOf = new Map(world.people.map(({ index }) => [openai.userId(index), index]));
  return days.flatMap((day) => [
    ...(['main', 'research', 'legacy'] as const).flatMap((alias) => {
      const of = organisation(world, alias);
      const ofPeople = alias === 'legacy' ? legacyPeopleUsage : peopleUsage;
      return [...ofPeople(world, of, day), ...serviceUsage(world, of, day)].map((row) => ({
        day,
        person: row.actor.kind === 'user' ? row.actor.person : null,
        keyId: row.keyId,
        model: row.model,
        dollars: (Number(chargesOf(row).reduce((sum, { list }) => sum + list, 0n)) * Number(of.paysPercent)) / 1e18,
      }));
    }),
    ...[...openaiPeople(world, openai, day), ...openaiServices(world, openai, day)].map((row) => ({
      day,
      person: row.userId === null ? null : (personOf.get(row.userId) ?? null),
      keyId: row.keyId,
      model: row.model,
      dollars: Number(linesOf(row).reduce((sum, { amount }) => sum + amount, 0n)) / 1e14,
    })),
  ]);
}

const sum = (spend: readonly Spend[]) => spend.reduce((total, { dollars }) => total + dollars, 0);
const usual = { end: '2026-11-24', days: 120, developers: 60 };

describe('spend of a company of sixty', () => {
  it.each([1, 3])('is 150 to 250 dollars a developer and month with seed %i, and most days are under 30', (seed) => {
    const world = makeWorld({ ...usual, seed });
    const spend = spendOf(world);
    const aMonth = sum(spend) / 60 / 4;
    expect(aMonth).toBeGreaterThan(150);
    expect(aMonth).toBeLessThan(250);
    const days = Map.groupBy(
      spend.filter(({ person }) => person !== null),
      ({ day, person }) => `${day} ${person}`,
    );
    const dollars = [...days.values()].map(sum);
    expect(dollars.filter((amount) => amount < 30).length / dollars.length).toBeGreaterThan(0.9);
    const ofPeople = Map.groupBy(
      spend.filter(({ person }) => person !== null),
      ({ person }) => person,
    );
    const heaviest = [...ofPeople.values()].map(sum).sort((a, b) => b - a);
    expect(
      sum([...ofPeople.values()].flat()) /
        Math.max(
          1,
          heaviest.slice(0, 12).reduce((a, b) => a + b, 0),
        ),
    ).toBeLessThan(2.2);
  });

  it('is small on weekends and moves to newer models over the months', () => {
    const world = makeWorld({ ...usual, seed: 1 });
    const spend = spendOf(world).filter(({ person }) => person !== null && person !== world.plan.runaway?.person);
    expect(sum(spend.filter(({ day }) => isWeekend(day))) / sum(spend)).toBeLessThan(0.04);
    const models = (from: string, to: string) =>
      new Set(spend.filter(({ day }) => day >= dayNumber(from) && day < dayNumber(to)).map(({ model }) => model));
    expect(models('2026-08-01', '2026-08-20')).toContain('claude-sonnet-5');
    expect(models('2026-08-01', '2026-08-20')).not.toContain('claude-sonnet-5-5');
    expect(models('2026-11-10', '2026-11-20')).toContain('claude-sonnet-5-5');
    expect(models('2026-11-10', '2026-11-20')).not.toContain('claude-sonnet-5');
  });
});

describe('the incidents', () => {
  it.each([1, 2])('cost about what they say with seed %i, and stand out', (seed) => {
    const world = makeWorld({ ...usual, seed });
    const spend = spendOf(world);
    const [runaway, change, burst] = world.plan.incidents;
    const within = (incident: typeof runaway) => (each: Spend) =>
      each.day >= dayNumber(incident?.from ?? '') && each.day <= dayNumber(incident?.to ?? '');

    const culprit = world.people.find(({ email }) => email === runaway?.person)?.index;
    const ran = sum(spend.filter((each) => each.person === culprit).filter(within(runaway)));
    expect(ran / (runaway?.dollars ?? 0)).toBeGreaterThan(0.75);
    expect(ran / (runaway?.dollars ?? 0)).toBeLessThan(1.35);

    const ofTeam = spend.filter(({ person, day }) => {
      const member = person === null ? undefined : world.people[person];
      return member !== undefined && teamOn(member, day) === change?.team;
    });
    const from = dayNumber(change?.from ?? '');
    const before = sum(ofTeam.filter(({ day }) => day < from && day >= from - 28)) / 28;
    const after = sum(ofTeam.filter(within(change))) / (world.last - from + 1);
    expect(after / before).toBeGreaterThan(1.5);

    const ofKey = spend.filter(({ keyId }) => keyId === burst?.credential);
    const burstDay = sum(ofKey.filter(within(burst)));
    const usualDay = sum(ofKey.filter((each) => !within(burst)(each))) / 119;
    expect(burstDay / usualDay).toBeGreaterThan(15);
    expect(burstDay / (burst?.dollars ?? 0)).toBeGreaterThan(0.6);
    expect(burstDay / (burst?.dollars ?? 0)).toBeLessThan(1.8);
  });

  it('are left out of a history too short to hold them', () => {
    expect(makeWorld({ seed: 1, end: '2026-11-24', days: 10, developers: 60 }).plan.incidents).toEqual([]);
  });
});
