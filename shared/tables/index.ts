import type { Table } from '../table.ts';
import { cloudPrincipals } from './cloud-bill.ts';
import { collectionStatus } from './collection-status.ts';
import { costs } from './costs.ts';
import { identities } from './identities.ts';
import { incidents } from './incidents.ts';
import { limits } from './limits.ts';
import { outputs } from './outputs.ts';
import { principals } from './principals.ts';
import { budgets, contracts, expenses, fx, plannedEvents } from './reference/agreements.ts';
import { people, personHints, rules, teams } from './reference/organisation.ts';
import { calendar, meters, prices } from './reference/price-list.ts';
import { seats } from './seats.ts';
import { usage } from './usage.ts';

/** Facts: written by collectors, a month a partition, a day of a source and connection an object. */
export const FACTS = [usage, costs, outputs, principals, seats, limits] as const satisfies readonly Table[];

/** Reference data: written by a push, one object a table. */
export const REFERENCE = [
  people,
  personHints,
  teams,
  rules,
  budgets,
  contracts,
  expenses,
  fx,
  plannedEvents,
  prices,
  meters,
  calendar,
] as const satisfies readonly Table[];

/** Exports of the state, so that silence and incidents show in SQL. */
export const STATUS = [collectionStatus, incidents] as const satisfies readonly Table[];

/** Every table that SQL may read; what `materialise` makes is in queries/. */
export const TABLES: readonly Table[] = [...FACTS, ...REFERENCE, ...STATUS, identities, cloudPrincipals];

export {
  budgets,
  calendar,
  cloudPrincipals,
  collectionStatus,
  contracts,
  costs,
  expenses,
  fx,
  identities,
  incidents,
  limits,
  meters,
  outputs,
  people,
  personHints,
  plannedEvents,
  prices,
  principals,
  rules,
  seats,
  teams,
  usage,
};
