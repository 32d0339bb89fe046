import { addDays, type Day, startOf } from '../../../shared/time.ts';
import { type Cost, emptyLake, type MadeLake } from './made-lake.ts';

/** Something planted in a made company, that a detector should find. */
export interface Planted {
  readonly what: 'weekend' | 'weekday' | 'key' | 'team';
  readonly scope: string;
  readonly team: string;
  readonly from: Day;
  readonly to: Day;
}

/** A seeded chance: the same seed, the same company. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEAMS = 8;
const PEOPLE = 60;
const CENTS = 100;

/** A company of 60 people, 8 teams and 6 keys: log-normal days, heavy users, quiet weekends, growth, leave. */
export function madeCompany(
  seed: number,
  first: Day,
  count: number,
  withPlanted: boolean,
): { lake: MadeLake; planted: Planted[] } {
  const next = chance(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
  const lake = emptyLake();
  const day = (index: number): Day => addDays(first, index);
  const isOff = (index: number): boolean => new Date(startOf(day(index))).getUTCDay() % 6 === 0;
  const people = Array.from({ length: PEOPLE }, (_, index) => ({
    id: `p_${index}`,
    team: `team-${index % TEAMS}`,
    usual: 7 * Math.exp(0.7 * normal()),
    active: 0.6 + 0.35 * next(),
    leave: Math.floor(next() * count),
  }));
  const planted = withPlanted ? plant(first, count) : [];
  const raised = (scope: string, team: string, at: Day): number => {
    const found = planted.filter((one) => one.from <= at && at <= one.to);
    if (found.some((one) => one.scope === scope)) return 8;
    return found.some((one) => one.scope === team) ? 2.6 : 1;
  };
  for (let index = 0; index < count; index += 1) {
    const at = day(index);
    const growth = Math.exp((0.05 * index) / 30);
    const inTeam = new Map<string, number>();
    const add = (scope_kind: Cost['scope_kind'], scope_id: string, team: string, amount: number): void => {
      const cents = Math.round(amount * CENTS);
      if (cents === 0) return;
      lake.costs.push({ day: at, scope_kind, scope_id, team_id: team, amount: (cents / CENTS).toFixed(2) });
      inTeam.set(team, (inTeam.get(team) ?? 0) + cents);
    };
    for (const { id, team, usual, active, leave } of people) {
      const effort = Math.exp(0.6 * normal()) * (isOff(index) ? 0.35 : 1);
      const works = next() < (isOff(index) ? 0.06 : active) && !(index >= leave && index < leave + 9);
      const factor = raised(id, team, at);
      // A runaway costs what it costs, whatever its owner does that day.
      if (factor === 8) add('person', id, team, 90 + 8 * usual);
      else if (works) add('person', id, team, usual * effort * growth * factor);
    }
    for (let key = 0; key < 6; key += 1) {
      const usual = 3 + 2 * key;
      const burst = raised(`key_${key}`, '', at) === 8 ? 12 : 1;
      add('credential', `key_${key}`, `team-${key}`, usual * Math.exp(0.35 * normal()) * growth * burst);
    }
    for (const [team, cents] of inTeam) {
      lake.costs.push({
        ...{ day: at, scope_kind: 'team', scope_id: team, team_id: team, amount: (cents / CENTS).toFixed(2) },
      });
    }
  }
  lake.teams.push(
    ...Array.from({ length: TEAMS }, (_, index) => ({
      ...{ team_id: `team-${index}`, owner_id: `p_${index}`, path: `company/team-${index}/` },
    })),
  );
  return { lake, planted };
}

/** From the sixth week on, a little more than one a week, by turns. */
function plant(first: Day, count: number): Planted[] {
  const planted: Planted[] = [];
  const turns = ['weekend', 'weekday', 'key', 'team'] as const;
  const firstSaturday = (6 - new Date(startOf(first)).getUTCDay() + 7) % 7;
  for (let turn = 0, index = 35; index + 12 < count; turn += 1, index += 6) {
    const what = turns[turn % 4] ?? 'weekend';
    const person = (turn * 7) % PEOPLE;
    const saturday = firstSaturday + 7 * Math.ceil((index - firstSaturday) / 7);
    const workday = saturday - 4;
    const begin = addDays(first, what === 'weekend' ? saturday : workday);
    const key = turn % 6;
    const scope = { weekend: `p_${person}`, weekday: `p_${person}`, key: `key_${key}`, team: `team-${turn % TEAMS}` }[
      what
    ];
    const team = what === 'team' ? scope : what === 'key' ? `team-${key}` : `team-${person % TEAMS}`;
    const length = { weekend: 1, weekday: 0, key: 0, team: 2 }[what];
    planted.push({ what, scope, team, from: begin, to: addDays(begin, length) });
  }
  return planted;
}
