import type { Incident } from './incidents.ts';
import { referenceFiles } from './reference.ts';
import type { Setting } from './setting.ts';
import { COMPANY, makeWorld } from './world.ts';

/** The made-up company as its own people know it. */
export interface Company {
  readonly name: string;
  /** The organisation whose pull requests count. */
  readonly githubOrganisation: string;
  /** What went wrong with spend in the last three weeks, for whoever tests a detector. */
  readonly incidents: readonly Incident[];
  /** Reference files by name: `people.csv`, `teams.csv`, `rules.csv`, `budgets.csv`, `contracts.csv`, `expenses.csv`, `planned_events.csv`. */
  readonly reference: () => Readonly<Record<string, string>>;
}

/** The company of a setting. */
export function companyOf(setting: Setting): Company {
  const world = makeWorld(setting);
  return { ...COMPANY, incidents: world.plan.incidents, reference: () => referenceFiles(world) };
}
