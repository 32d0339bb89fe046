import { type Site, sites } from '../calendar.ts';
import { fingerprint, Random } from '../random.ts';
import { familyNames, givenNames } from './names.ts';
import { type Setting, span } from './setting.ts';
import type { Team } from './teams.ts';

/** One stay of a person in a team, as day numbers; `to` is the first day no longer in it, null while it lasts. */
interface Stay {
  readonly team: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** One person of the company. */
export interface Person {
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly otherEmails: readonly string[];
  readonly githubLogin: string;
  readonly githubId: number;
  /** Whether the company's directory knows the GitHub login. */
  readonly loginIsListed: boolean;
  readonly site: Site;
  readonly startedOn: number;
  /** First day no longer with the company, null for who stays. */
  readonly leftOn: number | null;
  readonly stays: readonly Stay[];
  /** How much the person uses AI beside the others; the mean over all is 1. */
  readonly weight: number;
}

const DOMAIN = 'halden.example';
const GITHUB_IDS_FROM = 20_000_000;

/** Everybody who builds, in a fixed order; whoever comes first in a team leads it and neither moves nor leaves. */
export function makePeople(setting: Setting, teams: readonly Team[]): readonly Person[] {
  const leaves = teams.filter(({ isLeaf }) => isLeaf);
  const taken = new Map<string, number>();
  const drafts = Array.from({ length: setting.developers }, (_, index) => draft(setting, leaves, taken, index));
  const mean = drafts.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, drafts.length);
  return drafts.map((person) => ({ ...person, weight: person.weight / mean }));
}

function draft(setting: Setting, leaves: readonly Team[], taken: Map<string, number>, index: number): Person {
  const random = new Random(fingerprint(setting.seed, 'person', index));
  const { first, last } = span(setting);
  const given = givenNames[random.between(0, givenNames.length - 1)] ?? 'Alex';
  const family = familyNames[random.between(0, familyNames.length - 1)] ?? 'Doe';
  const plain = `${given}.${family}`.toLowerCase();
  const namesakes = taken.get(plain) ?? 0;
  taken.set(plain, namesakes + 1);
  const local = namesakes === 0 ? plain : `${plain}${namesakes + 1}`;

  const leads = index < leaves.length;
  const team = leads ? leaves[index] : pickTeam(leaves, random.next());
  const other = pickTeam(leaves, random.next());
  const fate = leads ? 1 : random.next();
  const turningDay = first + Math.round((last - first) * (0.25 + 0.5 * random.next()));
  const joins = fate < 0.07;
  const leaves_ = fate >= 0.07 && fate < 0.12;
  const moves = fate >= 0.12 && fate < 0.18 && other?.id !== team?.id;
  const home = team?.id ?? 'engineering';
  const startedOn = joins ? turningDay : first - random.between(30, 1500);
  const leftOn = leaves_ ? turningDay : null;

  return {
    index,
    name: `${given} ${family}`,
    email: `${local}@${DOMAIN}`,
    otherEmails:
      random.next() < 0.12 ? [`${given.slice(0, 1).toLowerCase()}${family.toLowerCase()}${index}@mail.example`] : [],
    githubLogin: `${local.replace('.', '-')}${random.next() < 0.3 ? '-hs' : ''}`,
    githubId: GITHUB_IDS_FROM + index * 977 + random.between(0, 900),
    loginIsListed: random.next() < 0.93,
    site: random.next() < 0.85 ? (team?.site ?? sites[0]) : random.pick(sites),
    startedOn,
    leftOn,
    stays: moves
      ? [
          { team: home, from: null, to: turningDay },
          { team: other?.id ?? home, from: turningDay, to: null },
        ]
      : [{ team: home, from: joins ? startedOn : null, to: leftOn }],
    weight: random.spread(0.75),
  };
}

function pickTeam(leaves: readonly Team[], at: number): Team | undefined {
  const total = leaves.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * total;
  return leaves.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

/** The team of a person on a day; null before they came and after they left. */
export function teamOn(person: Person, day: number): string | null {
  const stay = person.stays.find(({ from, to }) => (from === null || day >= from) && (to === null || day < to));
  return stay?.team ?? null;
}
