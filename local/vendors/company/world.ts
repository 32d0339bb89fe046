import type { Oddity } from '../options.ts';
import { type Habits, habitsOf } from './habits.ts';
import type { Plan } from './incidents.ts';
import { makePeople, type Person } from './people.ts';
import { type PlacedService, placeServices } from './placed-services.ts';
import { planIncidents } from './plan-incidents.ts';
import { type Setting, span } from './setting.ts';
import { makeTeams, type Team } from './teams.ts';

/** The made-up company as the vendors' servers see it: who and what there is; what happens is made a day at a time. */
export interface World {
  readonly setting: Setting;
  readonly first: number;
  readonly last: number;
  /** The middle of the history, around which growth turns. */
  readonly middle: number;
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly habits: readonly Habits[];
  readonly services: readonly PlacedService[];
  readonly plan: Plan;
  readonly oddities: ReadonlySet<Oddity>;
}

/** The name of the company and of its GitHub organisation. */
export const COMPANY = { name: 'Halden Systems', githubOrganisation: 'halden-systems' } as const;

/** Makes the world of a setting; quick, since it makes no day. */
export function makeWorld(setting: Setting, oddities: readonly Oddity[] = []): World {
  const { first, last } = span(setting);
  const teams = makeTeams(setting.seed, setting.developers);
  const people = makePeople(setting, teams);
  const services = placeServices(setting, teams);
  return {
    setting,
    first,
    last,
    middle: (first + last) / 2,
    teams,
    people,
    habits: people.map((person) => habitsOf(setting.seed, person)),
    services,
    plan: planIncidents({ setting, teams, people, services }),
    oddities: new Set(oddities),
  };
}
