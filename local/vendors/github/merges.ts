import { isHoliday, isWeekend, zoneOffset } from '../calendar.ts';
import { dayCache } from '../company/day-cache.ts';
import { teamOn } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { fingerprint, Random } from '../random.ts';
import { type Author, bots, type Change, outsiders } from './change.ts';
import { type Repository, repositoriesOf } from './repositories.ts';

const DAY = 86_400;
/** More numbers a repository and day than are ever merged, so that numbers stay unique. */
const NUMBERS_A_DAY = 100;

/** Makes what was merged on a UTC day, in order of merging. */
export function mergesOfDays(world: World): (day: number) => readonly Change[] {
  const repositories = repositoriesOf(world);
  return dayCache((day) => (day < world.first || day > world.last ? [] : mergesOn(world, repositories, day)));
}

type Draft = Omit<Change, 'number'>;

function mergesOn(world: World, repositories: readonly Repository[], day: number): readonly Change[] {
  const drafts = [...byPeople(world, repositories, day), ...byBots(world, repositories, day)];
  const taken = new Map<string, number>();
  return drafts
    .sort((a, b) => a.mergedAt - b.mergedAt || a.grain - b.grain)
    .map((draft) => {
      const count = taken.get(draft.repository.name) ?? 0;
      taken.set(draft.repository.name, count + 1);
      return { ...draft, number: 101 + (day - world.first) * NUMBERS_A_DAY + count };
    });
}

function byPeople(world: World, repositories: readonly Repository[], day: number): readonly Draft[] {
  return world.people.flatMap((person): readonly Draft[] => {
    const team = teamOn(person, day);
    if (team === null) return [];
    const random = new Random(fingerprint(world.setting.seed, 'merges', person.index, day));
    const free = isWeekend(day) || isHoliday(person.site.country, day);
    const draw = random.next();
    const count = free ? (draw > 0.98 ? 1 : 0) : draw > 0.98 ? 3 : draw > 0.9 ? 2 : draw > 0.6 ? 1 : 0;
    const own = repositories.filter((repository) => repository.team === team);
    const assisted = 0.3 + 0.5 * ((fingerprint(person.email) % 100) / 100);
    const noon = 12 - zoneOffset(person.site.zone, day);
    return Array.from({ length: count }, (): Draft => {
      const repository = own[random.between(0, own.length - 1)] ?? repositories[0];
      if (repository === undefined) throw new Error('The made-up company has no repository.');
      const kind = random.next();
      const author: Author =
        kind < 0.01
          ? { kind: 'deleted' }
          : kind < 0.03
            ? random.pick(outsiders)
            : kind < 0.06
              ? { kind: 'agent', askedBy: person }
              : { kind: 'person', person };
      const hour = Math.min(23.99, Math.max(0, noon - 3.5 + 8 * random.next()));
      const mergedAt = day * DAY + Math.floor(hour * 3600);
      return {
        repository,
        author,
        mergedAt,
        createdAt: mergedAt - random.between(900, 5 * DAY),
        isRevert: random.next() < 0.025,
        isAssisted: author.kind === 'agent' || random.next() < assisted,
        merge: random.next() < 0.76 ? 'squash' : random.next() < 0.6 ? 'merge' : 'rebase',
        base: random.next() < 0.04 ? 'release/next' : 'main',
        grain: random.between(1, 2 ** 31 - 1),
      };
    });
  });
}

function byBots(world: World, repositories: readonly Repository[], day: number): readonly Draft[] {
  if (isWeekend(day)) return [];
  return repositories.flatMap((repository): readonly Draft[] => {
    const random = new Random(fingerprint(world.setting.seed, 'bots', repository.name, day));
    if (random.next() > 0.22) return [];
    const mergedAt = day * DAY + random.between(5 * 3600, 16 * 3600);
    return [
      {
        repository,
        author: random.next() < 0.7 ? bots.dependabot : bots.renovate,
        mergedAt,
        createdAt: mergedAt - random.between(1800, DAY),
        isRevert: false,
        isAssisted: false,
        merge: 'squash',
        base: 'main',
        grain: random.between(1, 2 ** 31 - 1),
      },
    ];
  });
}
